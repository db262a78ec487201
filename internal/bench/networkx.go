package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"os/exec"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

//go:embed networkx.py
var networkxProgram string

// networkx is what the program gives.
type networkx struct {
	Version  string
	Measures map[string]struct {
		Seconds float64
		Scores  map[string]float64
	}
	Communities struct{ Seconds, Modularity float64 }
}

// measuredGraph is the part of the graph that is measured, as arguments of ours, and
// measures are what is: centralities, the last two of them from samples where the graph
// is large, and communities.
const (
	measuredGraph = "types: [PERSON, ORGANIZATION], relations: [MEMBER_OF]"
	communities   = "communities"
)

var measures = []string{communities, "DEGREE", "PAGERANK", "CLOSENESS", "BETWEENNESS"}

// ours is what our server says of a measure.
type ours struct {
	NodeCount, PairCount int
	Sampled              bool
	Modularity           float64
	Ranking              []struct {
		Score float64
		Node  struct{ ID string }
	}
	took time.Duration
}

// twice are the answers of both servers to one question: first, when the graph has to be read
// and measured, and again, when that is kept.
type twice struct {
	first [2]ours // by store
	again ours
}

// beside measures the network of who is a member of what, as our servers do and then as
// networkx does, and gives a table; where networkx is not there, it says so.
func (l *lab) beside(ctx context.Context, python string) (string, error) {
	if err := exec.CommandContext(ctx, python, "-c", "import networkx, scipy").Run(); err != nil {
		say("NOT MEASURED: centrality and communities beside networkx, which %s does not have (or scipy, which it needs): name a Python that does with -python", python)
		return fmt.Sprintf("Not measured: `%s` has no networkx, or not the scipy that it needs.\n", python), nil
	}
	found := map[string]*twice{}
	for _, measure := range measures {
		a := &twice{}
		found[measure] = a
		for store, p := range []*process{inNeo4j: l.onNeo4j, inFile: l.embedded} {
			var err error
			if a.first[store], err = measureOurs(ctx, p, measure); err != nil {
				return "", err
			}
			if a.again, err = measureOurs(ctx, p, measure); err != nil {
				return "", err
			}
		}
	}
	theirs, err := l.measureTheirs(ctx, python, found["BETWEENNESS"].again.Sampled)
	if err != nil {
		return "", err
	}
	t := &table{}
	t.row("measure", "networkx, ms", "Neo4j, first, ms", "embedded, first, ms", "again, ms", "agreement")
	for _, measure := range measures {
		a := found[measure]
		seconds, agreement, err := theirs.agrees(measure, a)
		if err != nil {
			return "", fmt.Errorf("%s: %w", measure, err)
		}
		t.row(measure, seconds, millis(a.first[inNeo4j].took), millis(a.first[inFile].took), millis(a.again.took), agreement)
	}
	of := found[communities].again
	return fmt.Sprintf("networkx %s, which has the graph in memory; who is a member of what: %d entities, %d pairs. *First* is one request, in which the graph is read and measured; *again* another, as long as the data stay as they are.\n\n%s",
		theirs.Version, of.NodeCount, of.PairCount, t), nil
}

// measureOurs asks one of our servers.
func measureOurs(ctx context.Context, p *process, measure string) (ours, error) {
	began := time.Now()
	data, err := ask(ctx, p.addr, "", measureText(measure), nil)
	var a struct{ Found ours }
	if err == nil {
		err = json.Unmarshal(data, &a)
	}
	a.Found.took = time.Since(began)
	return a.Found, err
}

func measureText(measure string) string {
	if measure == communities {
		return "{ found: communities(" + measuredGraph + ", first: 100, members: 1) { nodeCount pairCount modularity communities { nodes { id } } } }"
	}
	return fmt.Sprintf("{ found: centrality(measure: %s, %s, first: 1000) { nodeCount pairCount sampled ranking { score node { id } } } }", measure, measuredGraph)
}

// measureTheirs has networkx measure the public network; a large one without what is
// measured of pairs.
func (l *lab) measureTheirs(ctx context.Context, python string, large bool) (theirs networkx, err error) {
	edges, err := l.edges(ctx)
	if err != nil {
		return theirs, err
	}
	args := []string{"-c", networkxProgram}
	if large {
		args = append(args, "large")
	}
	say("networkx measures %d links", bytes.Count(edges, []byte("\n")))
	command := exec.CommandContext(ctx, python, args...)
	command.Stdin = bytes.NewReader(edges)
	var said strings.Builder
	command.Stderr = &said
	out, err := command.Output()
	if err != nil {
		return theirs, fmt.Errorf("networkx: %w: %s", err, said.String())
	}
	return theirs, json.Unmarshal(out, &theirs)
}

// edges gives the public network as lines of two ids.
func (l *lab) edges(ctx context.Context) ([]byte, error) {
	driver, err := neo4j.NewDriverWithContext("bolt://"+l.database.addr, neo4j.NoAuth())
	if err != nil {
		return nil, err
	}
	defer func() { _ = driver.Close(ctx) }()
	session := driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead, DatabaseName: "neo4j"})
	defer func() { _ = session.Close(ctx) }()
	result, err := session.Run(ctx, "MATCH (m:Person|Organization)-[:MEMBER_OF]->(o:Organization) WHERE m <> o RETURN DISTINCT m.id, o.id", nil)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for result.Next(ctx) {
		fmt.Fprintf(&b, "%s %s\n", text(result.Record().Values[0]), text(result.Record().Values[1]))
	}
	return b.Bytes(), result.Err()
}

// agrees gives how long networkx took for a measure, and how well ours agree with it: an
// error if they do not.
func (n networkx) agrees(measure string, a *twice) (took, agreement string, err error) {
	if measure == communities {
		for _, o := range a.first {
			if o.Modularity < n.Communities.Modularity-0.02 || o.Modularity != a.again.Modularity {
				return "", "", fmt.Errorf("modularity %v, networkx %v", o.Modularity, n.Communities.Modularity)
			}
		}
		return seconds(n.Communities.Seconds), fmt.Sprintf("modularity %.3f, networkx %.3f", a.again.Modularity, n.Communities.Modularity), nil
	}
	theirs, exact := n.Measures[measure]
	if !exact {
		return "–", "from a sample: not compared", nil
	}
	off := 0.0
	for _, o := range a.first {
		if o.NodeCount != len(theirs.Scores) {
			return "", "", fmt.Errorf("%d entities, networkx %d", o.NodeCount, len(theirs.Scores))
		}
		for _, r := range o.Ranking {
			off = max(off, math.Abs(r.Score-theirs.Scores[r.Node.ID]))
		}
	}
	if off > 1e-9 {
		return "", "", fmt.Errorf("scores differ by %g", off)
	}
	return seconds(theirs.Seconds), fmt.Sprintf("to %.0e", off), nil
}

func seconds(s float64) string { return millis(time.Duration(s * float64(time.Second))) }
