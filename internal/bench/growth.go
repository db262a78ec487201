package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// grow measures the same questions on data of several sizes: the median time of one
// client that has the machine to itself.
func grow(ctx context.Context, o options) (string, error) {
	chosen := o.chosen()
	began := time.Now()
	var labs []*lab
	medians := map[*shape][][]time.Duration{} // by size, by contender
	names := []string{theFloor, neo4jPublic, filePublic}
	for _, persons := range o.growth {
		say("growth: %d people", persons)
		l := &lab{}
		err := func() (err error) {
			defer func() { err = errors.Join(err, l.close()) }()
			w, err := l.prepare(ctx, o, persons, chosen)
			if err != nil {
				return err
			}
			all := l.contenders(w)
			m := &measured{lab: l, shapes: chosen, contenders: []contender{all[0], all[1], all[3]}}
			if err := m.warm(ctx, o); err != nil {
				return err
			}
			for _, s := range chosen {
				results, err := m.turns(ctx, o, s, 1)
				if err != nil {
					return fmt.Errorf("%s: %w", s.name, err)
				}
				var row []time.Duration
				for _, r := range results {
					row = append(row, r.quantile(0.5))
				}
				medians[s] = append(medians[s], row)
			}
			return nil
		}()
		if err != nil {
			return "", fmt.Errorf("%d people: %w", persons, err)
		}
		labs = append(labs, l)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nThe median time of one client, in ms.\n\n", labs[len(labs)-1].setting(o, began))
	t := &table{}
	head := []string{"shape", "of"}
	for _, l := range labs {
		head = append(head, fmt.Sprintf("%d people", l.persons))
	}
	t.row(append(head, "last to first")...)
	for _, s := range chosen {
		for i, name := range names {
			row := []string{s.name, name}
			for size := range labs {
				row = append(row, millis(medians[s][size][i]))
			}
			first, last := medians[s][0][i], medians[s][len(labs)-1][i]
			t.row(append(row, fmt.Sprintf("%.2f", float64(last)/float64(first)))...)
		}
	}
	b.WriteString(t.String() + "\n")
	t = &table{}
	t.row("people", "statements", "import into Neo4j, statements/s", "import, embedded, statements/s", "start on Neo4j, s", "start, embedded, s", "memory embedded, MB", "kB a person")
	for _, l := range labs {
		t.row(fmt.Sprint(l.persons), fmt.Sprint(l.imports[inFile].Added), fmt.Sprintf("%.0f", l.imports[inNeo4j].perSecond()), fmt.Sprintf("%.0f", l.imports[inFile].perSecond()), fmt.Sprintf("%.2f", l.starts[inNeo4j].Seconds()),
			fmt.Sprintf("%.2f", l.starts[inFile].Seconds()), megabytes(l.memory[inFile]), fmt.Sprintf("%.2f", float64(l.memory[inFile])/1000/float64(l.persons)))
	}
	b.WriteString(t.String())
	return b.String(), nil
}
