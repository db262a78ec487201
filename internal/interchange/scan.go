package interchange

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// retyped stands in run.types for an entity that the files, or one of them and the
// store, give two types, of which the files may retract one: only the store can tell
// which is in force.
const retyped = "?"

// scan reads all once, writes nothing, and learns what the passes need to know.
func (r *run) scan(ctx context.Context) error {
	err := r.walk(ctx, func(at place, text []byte, err error) error {
		var line entry
		if err == nil {
			line, err = parseLine(text)
		}
		if err != nil {
			r.bad(at, err)
			r.sorts = append(r.sorts, sortBad)
			return nil
		}
		r.learn(at, line)
		return nil
	})
	if err == nil && len(r.twice) > 0 && len(r.retracted) > 0 {
		err = r.each(ctx, sort.isStatement, r.learnRetyped)
	}
	if err == nil && r.Reader != nil {
		err = r.learnThere(ctx)
	}
	if err == nil && r.Strict {
		err = r.checkAll(ctx)
	}
	return err
}

func (r *run) learn(at place, line entry) {
	switch {
	case line.statement != nil:
		r.sorts = append(r.sorts, lineSort(line.statement.Property))
		r.learnStatement(at, line.statement)
		return
	case line.set != nil:
		known := r.sets[line.set.ID]
		if known == nil {
			known = &setLine{}
			r.sets[line.set.ID] = known
		}
		overwrite(&known.Rank, line.set.Rank)
		overwrite(&known.Visibility, line.set.Visibility)
		overwrite(&known.Verification, line.set.Verification)
	case line.retract != "":
		r.retracted[line.retract] = &retraction{}
	}
	r.sorts = append(r.sorts, sortChange)
}

func (r *run) learnStatement(at place, s *statement.Statement) {
	r.adds++
	r.learnUses(at, s)
	if s.Property == "protection" && s.Value == "LIFTED" {
		r.lifted[s.Subject] = true
	}
	if s.Property != vocab.TypeProperty {
		return
	}
	switch known := r.types[s.Subject]; known {
	case "":
		r.types[s.Subject] = s.Value
		delete(r.uses, s.Subject)
	case s.Value:
	default:
		r.twice[s.Subject] = true
	}
}

func (r *run) learnRetyped(_ context.Context, _ place, line entry) error {
	if s := line.statement; s.Property == vocab.TypeProperty && r.twice[s.Subject] && r.retracted[s.ID] != nil {
		r.types[s.Subject] = retyped
	}
	return nil
}

// learnThere lets the types of the store win over those of the files, which the store
// will refuse, unless the files retract something: it may be that type.
func (r *run) learnThere(ctx context.Context) error {
	for chunk := range slices.Chunk(slices.Collect(maps.Keys(r.types)), statement.MaxStatements) {
		there, err := r.typesThere(ctx, chunk)
		if err != nil {
			return err
		}
		for _, id := range chunk {
			if there[id] != "" {
				r.there[id] = true
			}
			switch typ := there[id]; {
			case typ == "" || typ == r.types[id]:
			case len(r.retracted) > 0:
				r.types[id] = retyped
			default:
				r.types[id] = typ
			}
		}
	}
	return nil
}

func overwrite(target *string, value string) {
	if value != "" {
		*target = value
	}
}

// fits reports whether a statement fits the types that are known of what it speaks
// of; if not, its line is bad.
func (r *run) fits(at place, s *statement.Statement) bool {
	reason := misfit(s, vocab.TypeOf(r.types[s.Subject]), vocab.TypeOf(r.types[s.Entity]))
	for _, f := range []struct{ key, id, typ string }{{"source", s.Source, vocab.SourceType}, {"claimedBy", s.ClaimedBy, vocab.Organization}} {
		if typ := vocab.TypeOf(r.types[f.id]); typ != nil && typ.Name != f.typ {
			reason = fmt.Sprintf("%s: %s is %s, not %s", f.key, f.id, typ.Name, f.typ)
		}
	}
	if reason != "" {
		r.bad(at, errors.New(reason))
	}
	return reason == ""
}

// misfit says why a statement does not fit the types of its subject and its entity
// (nil: not known), or "".
func misfit(s *statement.Statement, typ, far *vocab.Type) string {
	if typ == nil || s.Property == vocab.TypeProperty || vocab.Foreign(s.Property) {
		return ""
	}
	relation := vocab.RelationOf(s.Property)
	if relation == nil {
		switch p := typ.Property(s.Property); {
		case p == nil || p.Computed:
			return fmt.Sprintf("property: %s is %s, of which %s cannot be stated", s.Subject, typ.Name, s.Property)
		case p.Value == vocab.Choice && !p.Enum.Allows(s.Value, typ.Name):
			return fmt.Sprintf("value: %s is no %s of %s", s.Value, s.Property, typ.Name)
		}
		return ""
	}
	switch {
	case far == nil && relation.HasFrom(typ.Name), far != nil && relation.Connects(typ.Name, far.Name):
		return ""
	case far == nil:
		return fmt.Sprintf("property: %s does not lead from %s", s.Property, typ.Name)
	case relation.Connects(far.Name, typ.Name):
		return fmt.Sprintf("entity: %s does not lead from %s to %s: the ends are swapped, state it of %s", s.Property, typ.Name, far.Name, s.Entity)
	}
	return fmt.Sprintf("entity: %s does not lead from %s to %s", s.Property, typ.Name, far.Name)
}
