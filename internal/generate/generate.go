// Package generate writes invented data of any size in the statement file format,
// to try a server with: realistic in its shapes, and about nobody. The country, its
// places, bodies and surnames are made of invented syllables, bodies are called
// "Ficticia" or "Inventado", addresses end in .example.
//
// # Shapes
//
// Of N persons most are detained, 1.25 times on average over all; parties, unions
// and NGOs, prisons, charges, places and surnames are chosen with a frequency that
// falls as 1/rank, so that the first of each is a hub: a prison has a ninth to a
// sixth of the detentions, a charge a fifth. There are N/10 organizations and N/5
// sources, and about 30 statements a person, from two or three sources that differ,
// hedge, deny and repeat one another. About 1 % of the persons are protected, about
// 1 % of the statements RESTRICTED. About 1 % of the persons, beyond N, are second
// records of one, with a curator's judgement of whether it is the same.
//
// # Order and memory
//
// Sources and organizations come first, then places, facilities, charges, events and
// tallies, then each person with all of theirs together. Whatever is told of an
// entity is drawn from a stream of numbers of its own, a function of seed, sort and
// index: so the persons before are not kept in memory to be referred to. Only
// running numbers are kept, and what eight neighbors share.
//
// # Ids
//
// An id is "g.", a letter for the sort and a running number: p person, q a second
// record of one, o organization, f facility, l place, d detention, c charge,
// k proceeding, n sentence, v event, t tally, s source, m record, r a link,
// x a statement. They are the same for every seed: two generated files are for two
// stores.
package generate

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// Options says what to write.
type Options struct {
	Persons int    // at least 1
	Seed    uint64 // another seed, other data
}

// header is the first line of the format.
const header = `{"vinculo":"statements","version":1}` + "\n"

// Write writes the header and then a statement a line. The same options give the
// same bytes. It writes as it goes, in memory that does not grow with the number of
// persons, and stops at the first error of w, which it wraps.
func Write(w io.Writer, opts Options) error {
	if opts.Persons < 1 {
		return fmt.Errorf("generate: %d persons: at least 1 is needed", opts.Persons)
	}
	s := &scribe{cast: castFor(opts.Persons), seed: opts.Seed, out: bufio.NewWriterSize(w, 1<<16)}
	s.encoder = json.NewEncoder(s.out)
	s.encoder.SetEscapeHTML(false)
	_, s.err = s.out.WriteString(header)
	for _, part := range []struct {
		count int
		write func(int)
	}{
		{s.sources(), s.source}, {s.organizations.total, s.organization}, {s.places, s.place}, {s.facilities.total, s.facility},
		{len(charges), s.charge}, {s.events.total, s.event}, {s.tallyDates, s.tallies}, {s.causes, s.cause}, {s.persons, s.person},
	} {
		for i := 0; i < part.count && s.err == nil; i++ {
			part.write(i)
		}
	}
	if s.err == nil {
		s.err = s.out.Flush()
	}
	if s.err != nil {
		return fmt.Errorf("generate: %w", s.err)
	}
	return nil
}
