// Command bench measures Vínculo beside what somebody would write by hand: it starts
// a real Neo4j, our server on it, our server embedded, and a handler for just these
// questions with hand-written Cypher (the floor), loads invented data, checks that
// all give the same answers, and lets them take turns under load.
//
// Everything runs on this machine and listens on loopback only; clients share its
// processors with the servers. `make bench` runs it.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	run := bench
	if os.Getenv(floorAddr) != "" {
		run = floor
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// options are what a run can be told.
type options struct {
	binary          string // of our server
	dir             string // of everything that a run writes but the document
	keep            bool   // the folder was there, or stays
	persons         int
	seed            uint64
	heap, pageCache string // of Neo4j
	warm            time.Duration
	slice           time.Duration
	rounds          int
	shapes          []string // none: all
	document        string   // "": only printed
	profiles        string   // folder of profiles; "": none
	python          string   // that may have networkx
	against         string   // another binary of our server, which takes part too
	growth          []int    // sizes; none: one run at one size
	command         string
}

func parse(args []string) (o options, err error) {
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.StringVar(&o.binary, "binary", "bin/vinculo", "our server")
	f.StringVar(&o.dir, "dir", "", "folder of the loaded data, which is used again if it is there; without it, one that is thrown away")
	f.IntVar(&o.persons, "persons", 20_000, "people in the data")
	f.Uint64Var(&o.seed, "seed", 1, "which of the many invented worlds")
	f.StringVar(&o.heap, "heap", "2g", "Neo4j's heap")
	f.StringVar(&o.pageCache, "pagecache", "2g", "Neo4j's page cache")
	f.DurationVar(&o.warm, "warm", 40*time.Second, "load before anything is measured")
	f.DurationVar(&o.slice, "slice", time.Second, "length of a turn")
	f.IntVar(&o.rounds, "rounds", 3, "turns of each contender, for each shape and number of clients")
	f.StringVar(&o.document, "document", "", "document whose tables are replaced, such as docs/benchmarks.md")
	f.StringVar(&o.profiles, "profiles", "", "folder to write CPU profiles of our servers into, one a shape and view, from turns that are not counted")
	f.StringVar(&o.python, "python", "python3", "a Python with networkx and scipy, which centrality and communities are measured beside")
	f.StringVar(&o.against, "against", "", "another binary of our server, to compare with in the same run; a script can set its environment and exec it")
	shapes := f.String("shapes", "", "names of shapes, apart by commas; all without it")
	growth := f.String("growth", "", "sizes to compare instead, apart by commas: one client, median times")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	o.command = strings.Join(append([]string{"bench"}, args...), " ")
	if *shapes != "" {
		o.shapes = strings.Split(*shapes, ",")
	}
	if *growth != "" {
		for text := range strings.SplitSeq(*growth, ",") {
			n, err := strconv.Atoi(text)
			if err != nil || n < 1 {
				return o, fmt.Errorf("-growth: %q is no number of people", text)
			}
			o.growth = append(o.growth, n)
		}
	}
	if o.keep = o.dir != ""; o.keep {
		return o, os.MkdirAll(o.dir, 0o700)
	}
	o.dir, err = os.MkdirTemp("", "vinculo-bench.")
	return o, err
}

// chosen gives the shapes that are measured.
func (o options) chosen() []*shape {
	all := shapes()
	if len(o.shapes) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(s *shape) bool { return !slices.Contains(o.shapes, s.name) })
}

func bench() (err error) {
	o, err := parse(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	if !o.keep {
		defer func() { err = cmp.Or(err, os.RemoveAll(o.dir)) }()
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var name, text string
	if len(o.growth) > 0 {
		name = "growth"
		text, err = grow(ctx, o)
	} else {
		name = "load"
		text, err = compare(ctx, o)
	}
	if err != nil {
		return err
	}
	fmt.Println(text)
	if o.document == "" {
		return nil
	}
	return replace(o.document, name, text)
}

// say tells what the program is at.
func say(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "%s  "+format+"\n", append([]any{time.Now().Format(time.TimeOnly)}, args...)...)
}
