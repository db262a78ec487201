package interchange

import (
	"context"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// The stages of an import, each a pass over the files, in this order; within one, the
// order is that of the files. What decides protection comes before what protection
// withholds, since an entity may be there and public already.
type stage int

const (
	ofFrames     stage = iota // of new sources and organizations: that they exist, and when and by whom a source was published
	ofDetentions              // what decides protection, but for the next two, and of new entities these too
	ofBirths                  // dates of birth, which decide and are withheld
	ofNames                   // all names, so that texts can be searched for them
	ofTexts                   // the texts of what was written before all names were there, once more
	ofSources                 // what else is said of sources, by which the best of several values is chosen, and names of others than people
	ofTheRest
	ofSettings // set lines, of statements that were there
	stages
)

// reads reports whether the stage wants to see lines of the sort.
func (now stage) reads(s sort) bool {
	switch s {
	case sortBad:
		return false
	case sortChange:
		return now != ofTexts
	case sortFrames:
		return now == ofFrames || now == ofSources || now == ofTheRest
	case sortOther:
		return now == ofSources || now == ofTheRest
	case sortBirths:
		return now == ofDetentions || now == ofBirths || now == ofTexts
	case sortNames:
		return now == ofDetentions || now == ofNames || now == ofTexts || now == ofSources
	}
	return now == ofDetentions || now == ofTexts
}

// isStatement reports whether the line is one.
func (s sort) isStatement() bool { return s != sortBad && s != sortChange }

// sortOf gives the sort of a statement of the property or relation.
func sortOf(property string) sort {
	if relation := vocab.RelationOf(property); relation != nil && relation.Decides {
		return sortDetentions
	}
	for _, p := range vocab.PropertiesOf(property) {
		switch {
		case !p.Decides:
		case p.Name == "birthDate":
			return sortBirths
		case p.Value == vocab.Text:
			return sortNames
		default:
			return sortDetentions
		}
	}
	return sortOther
}

// lineSort gives the sort of a statement's line.
func lineSort(property string) sort {
	switch property {
	case vocab.TypeProperty, "publishedAt", vocab.PublishedBy:
		return sortFrames
	}
	return sortOf(property)
}

// stageOf gives the stage in which a statement is written. Of what is new nothing shows
// before its type, so that all which comes before that may come at once. Sources and
// organizations are what the rows of most others need to know of, so these have their
// types first of all; their texts wait until all names of people are there.
func (r *run) stageOf(s *statement.Statement) stage {
	typ := r.types[s.Subject]
	isNew := r.Reader != nil && typ != "" && !r.there[s.Subject]
	framed := isNew && (typ == vocab.SourceType || typ == vocab.Organization)
	switch of := lineSort(s.Property); {
	case of == sortFrames && framed && !hasText(s):
		return ofFrames
	case of == sortNames && typ != "" && typ != retyped && typ != vocab.Person:
		return ofSources // a text, which may hold the name of a person
	case of == sortBirths && r.lifted[s.Subject]:
		return ofDetentions // a decision to lift protection outweighs what stands before it, so all of that keeps its order
	case of == sortDetentions, isNew && (of == sortBirths || of == sortNames):
		return ofDetentions
	case of == sortBirths:
		return ofBirths
	case of == sortNames:
		return ofNames
	case typ == vocab.SourceType:
		return ofSources
	}
	return ofTheRest
}

// at gives the pass of a stage.
func (r *run) at(now stage) func(context.Context, place, entry) error {
	return func(ctx context.Context, at place, line entry) error {
		switch {
		case now == ofTexts:
			return r.recheck(ctx, at, line.statement)
		case line.statement != nil && r.stageOf(line.statement) == now:
			return r.add(ctx, now, at, line.statement)
		case line.retract != "" && r.retracted[line.retract].due(now):
			return r.pending.put(ctx, retracts, line.reason, item{place: at, retract: line.retract})
		case line.set != nil && now == ofSettings && r.retracted[line.set.ID].vain() && !r.sets[line.set.ID].folded:
			return r.pending.put(ctx, sets, line.reason, item{place: at, set: r.sets[line.set.ID].lastWord(*line.set)})
		}
		return nil
	}
}

// retraction is what is known of a statement that the files retract.
type retraction struct {
	added   bool
	addedAt stage
	done    bool
	refused bool
}

// vain reports whether nothing of the files retracts the statement, so that set lines
// of it are to be written.
func (r *retraction) vain() bool { return r == nil || r.refused }

// due reports, once, that a retract line is to be written: in the stage that added
// the statement if that comes first, so that it is out of the way of what follows,
// else in the last one.
func (r *retraction) due(now stage) bool {
	if r.done || now != ofTheRest && !(r.added && r.addedAt == now) {
		return false
	}
	r.done = true
	return true
}

// add writes a statement.
func (r *run) add(ctx context.Context, now stage, at place, s *statement.Statement) error {
	// The store could not always tell: it may learn the type only after this, and
	// would then refuse the type.
	if !r.fits(at, s) {
		return nil
	}
	if known := r.retracted[s.ID]; known != nil {
		known.added, known.addedAt = true, now
	}
	if set := r.sets[s.ID]; set != nil {
		set.folded = true
	}
	return r.pending.put(ctx, adds, r.Reason, item{place: at, statement: *s})
}

// recheck writes a statement of the stages before once more if it has a text, in
// which the store may now find a name that it did not know then.
func (r *run) recheck(ctx context.Context, at place, s *statement.Statement) error {
	named := sortOf(s.Property) == sortNames && r.types[s.Subject] != vocab.Person
	if r.whole || r.told[at] || r.stageOf(s) > ofTexts || !named && !hasText(s) {
		return nil
	}
	return r.pending.put(ctx, rechecks, r.Reason, item{place: at, statement: *s})
}

// hasText reports whether a statement holds free text beside its value.
func hasText(s *statement.Statement) bool {
	if s.Words != "" || s.Locator != "" || len(s.Lang) > len("es") {
		return true
	}
	for key := range s.Qualifiers {
		if key != statement.KeyMeasure && key != statement.KeyStart && key != statement.KeyEnd {
			return true
		}
	}
	return false
}
