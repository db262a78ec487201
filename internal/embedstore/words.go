package embedstore

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// word is the place of a text in words.
type word uint16

// words holds the texts that rows are full of: keys, types, relations and values of
// enumerations, those that every statement and link has first. A stored row names
// them by their place, so rowsFormat tells one list from another.
var words, wordOf, boxedWords = func() ([]string, map[string]word, []any) {
	var list []string
	places := map[string]word{}
	add := func(names ...string) {
		for _, name := range names {
			if _, known := places[name]; !known {
				places[name] = word(len(list))
				list = append(list, name)
			}
		}
	}
	add("", statement.StatementType)
	for _, properties := range [][]*vocab.Property{vocab.LinkProperties, vocab.StatementProperties} {
		for _, p := range properties {
			add(p.Name)
		}
	}
	add(statement.KeyQualifiers, statement.KeyLang, statement.KeyLink, statement.KeyGroup, statement.KeyPlace,
		statement.KeyLocator, statement.KeyWords, statement.KeyReportedBy, statement.KeyBy, statement.KeyTrace, statement.KeyRetractedAt)
	add(statement.Stated, statement.Unverified, statement.Normal, statement.Public, "name", "sources")
	for _, r := range vocab.Relations() {
		add(r.Name)
	}
	for _, t := range vocab.Types() {
		add(t.Name)
		for _, p := range t.Properties {
			add(p.Name)
		}
	}
	for _, e := range vocab.Enums() {
		for _, v := range e.Values {
			add(v.Name)
		}
	}
	boxed := make([]any, len(list))
	for i, name := range list {
		boxed[i] = name
	}
	return list, places, boxed
}()

// wordsHash identifies the list of words.
func wordsHash() string {
	sum := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	return hex.EncodeToString(sum[:8])
}

func (w word) String() string { return words[w] }

// wanted are the keys that a selection asks for.
type wanted struct {
	words  []bool // by word
	others []string
}

func wants(keys []string) wanted {
	w := wanted{words: make([]bool, len(words))}
	for _, key := range keys {
		if place, ok := wordOf[key]; ok {
			w.words[place] = true
		} else {
			w.others = append(w.others, key)
		}
	}
	return w
}
