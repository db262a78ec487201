package interchange

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// scan reads all once, and learns which ids there are, of which schema.
func (f *ftm) scan(ctx context.Context) error {
	f.step = "reading"
	f.count(2*len(ftmReserved) + len(f.files)) // for the source
	return f.walk(ctx, func(at place, text []byte, err error) error {
		var line ftmLine
		if err == nil {
			line, err = parseFtM(text)
		}
		line.place, line.index = at, len(f.lines)
		if err == nil {
			err = f.learn(&line)
		}
		if err != nil {
			f.bad(at, err)
			f.lines = append(f.lines, lineBad)
		}
		return nil
	})
}

// learn takes a line in, or says why it is none.
func (f *ftm) learn(line *ftmLine) error {
	k := f.ids.entity(line.id)
	_, met := f.numbers[line.schema]
	schema := f.schemata[f.schemaNumber(line.schema)]
	if !met && schema.Name != line.schema {
		f.note(line.place, "schema: %s is read as %s, here and in what follows", quote(line.schema), schema.Name)
	}
	e, again := f.entities[k]
	if !again {
		e = ftmEntity{schema: int32(f.schemaNumber(line.schema)), first: int32(line.index)}
	} else {
		known := f.schemata[e.schema]
		common := known.Common(schema)
		if common == nil {
			return fmt.Errorf("id: %s is of schema %s by an earlier line, which does not go with %s", quote(line.id), known.Name, schema.Name)
		}
		e.schema = int32(f.schemaNumber(common.Name))
	}
	e.named = e.named || len(line.of("name")) > 0
	f.entities[k] = e
	if edge := f.schemata[e.schema].Edge; edge != nil && edge.Relation != "" {
		ends := f.endsOf(line, edge)
		if again {
			f.merged[k] = &ftmEnds{}
			f.most = math.MaxInt // what it joins is not known yet
		} else if e.record = !ends.join(); e.record {
			f.entities[k] = e
		}
		f.count(ends.pairs())
	}
	f.learnReferences(line, schema, k)
	flags := flagsOf(line)
	f.lines, f.found = append(f.lines, flags), f.found|flags
	f.count(len(ftmReserved))
	for _, list := range [][]ftmProperty{line.properties, line.context} {
		for i := range list {
			n := len(list[i].values) + len(list[i].embedded)
			switch {
			case lifeOf(list[i].name) == birthDate:
				n *= 2 // its text, and what that tells
			case slices.Contains(nameParts, list[i].name):
				n += 2 * mostJoined
			}
			f.count(n)
		}
	}
	return nil
}

func (f *ftm) count(statements int) {
	if f.most <= statement.MaxStatements {
		f.most += statements
	}
}

func (f *ftm) schemaNumber(name string) int {
	n, known := f.numbers[name]
	if !known {
		schema := vocab.FtMSchemaOf(name)
		if schema == nil {
			schema = vocab.UnknownFtM(name)
		}
		n = len(f.schemata)
		f.schemata = append(f.schemata, schema)
		f.numbers[name] = n
	}
	return n
}

// learnReferences notes what a line refers to, and whose post a position is.
func (f *ftm) learnReferences(line *ftmLine, schema *vocab.FtMSchema, k key) {
	for i := range line.properties {
		p := &line.properties[i]
		if !schema.Ref(p.name) {
			continue
		}
		for _, v := range p.values {
			f.outside[f.ids.entity(v)] = ""
		}
	}
	if !schema.IsA(positionSchema) {
		return
	}
	position := f.positions[k]
	if position == nil {
		position = &ftmPosition{}
		f.positions[k] = position
	}
	for _, v := range line.of(positionOrganization) {
		if o := f.ids.entity(v); !slices.Contains(position.organizations, o) {
			position.organizations = append(position.organizations, o)
		}
	}
	for _, name := range line.of("name") {
		if !slices.Contains(position.names, name) {
			position.names = append(position.names, name)
		}
	}
}

// What an Occupancy is followed to (vocab.FtMEdge.Via).
const (
	positionSchema       = "Position"
	positionOrganization = "organization"
)

// flagsOf tells which passes a line is for.
func flagsOf(line *ftmLine) lineFlags {
	var flags lineFlags
	for _, list := range [][]ftmProperty{line.properties, line.context} {
		for i := range list {
			flags |= ftmSorts[list[i].name]
			if lifeOf(list[i].name) == birthDate {
				flags |= lineBirths
			}
			if slices.Contains(nameParts, list[i].name) {
				flags |= lineNames
			}
		}
	}
	return flags
}

// ftmSorts tells which properties may be dates of birth or names.
var ftmSorts = func() map[string]lineFlags {
	sorts := map[string]lineFlags{}
	for _, fill := range vocab.FtMFills() {
		switch sortOf(fill.Property) {
		case sortBirths:
			sorts[fill.FtM] |= lineBirths
		case sortNames:
			sorts[fill.FtM] |= lineNames
		}
	}
	return sorts
}()
