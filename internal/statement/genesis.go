package statement

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/vinculo/vinculo/internal/vocab"
)

// rules counts the versions of the projection's code: it rises whenever the same
// statements would give other rows.
const rules = 8

// Version identifies the projection: vocabulary and rules. Rows that were
// projected by another one have to be projected anew.
func Version() string {
	text, err := json.Marshal([]any{rules, vocab.Types(), relationRows(), vocab.Enums()})
	if err != nil {
		panic("statement: the vocabulary is no JSON: " + err.Error())
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// relationRows leaves out the fields of relations, which point back at them and do
// not bear on any row.
func relationRows() []vocab.Relation {
	var list []vocab.Relation
	for _, r := range vocab.Relations() {
		row := *r
		row.Fields = nil
		list = append(list, row)
	}
	return list
}

// Genesis gives the rows that exist without statements: the built-in source of
// curators' acts. A store writes them when it is created or projected anew.
func Genesis() *Change {
	row := &Row{ID: vocab.Editorial, Type: vocab.SourceType, Unlisted: true}
	row.Values.set("name", vocab.EditorialName)
	row.Values.set("title", vocab.EditorialName)
	return &Change{
		Entities: []Twin{twin(vocab.Editorial, row, row)},
		Briefs:   map[string]Brief{vocab.Editorial: {Type: vocab.SourceType, Public: true}},
	}
}

// Reproject gives the rows of these subjects, and of those that share a unit with
// them, as if nothing had been projected before. A store that empties its rows
// calls it for all its subjects, first for the briefs alone, on which neighbors'
// rows depend, and when those are stored for the rows.
func Reproject(facts Facts, subjects []string, briefsOnly bool) (*Change, error) {
	w := newWorld(facts)
	w.fromNothing = true
	if err := w.load(subjects); err != nil {
		return nil, err
	}
	if briefsOnly {
		// The best of a value depends on its sources' dates, and who publishes a source
		// on whether they exist and of what they are a former id: these are read from
		// their own statements, since no brief of them can be relied on yet.
		var sources, publishers []string
		for _, list := range w.stated[after] {
			for _, r := range list {
				sources = append(sources, r.Source)
			}
		}
		if err := w.load(sources); err != nil {
			return nil, err
		}
		for _, list := range w.stated[after] {
			for _, r := range list {
				if r.Property == vocab.PublishedBy {
					publishers = append(publishers, r.Entity)
				}
			}
		}
		if err := w.load(publishers); err != nil {
			return nil, err
		}
	}
	if err := w.surroundings(); err != nil {
		return nil, err
	}
	w.briefAll()
	c := w.change()
	c.Log, c.Counts = Entry{}, nil // what lies around is not projected yet
	if briefsOnly {
		c.Entities, c.Links, c.Statements = nil, nil, nil
	}
	return c, nil
}
