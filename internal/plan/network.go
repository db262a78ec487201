package plan

import (
	"context"
	"slices"

	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// narrowing tells, for each root about the graph as a whole, what makes it look at less.
var narrowing = map[string]string{
	"paths":        "relations, types, a lower maxDegree or a lower maxLength",
	"neighborhood": "relations, types or a lower depth",
	"common":       "relations, a lower maxDegree or a lower within",
	"centrality":   "relations or types",
	"communities":  "relations or types",
}

// Bounds of arguments.
const (
	maxPaths   = 100
	maxAround  = 1000
	maxRanking = 1000
	maxHubs    = 100 // named in an answer
)

// wholeList is the one key of data that are not an object but a list.
const wholeList = ""

// question asks the network. What it gives is written by the shape of the query:
// see plainRoot and namedRows, and tells what of it is wanted. Data come along with an
// error that is a network.TooMuch, where some were found.
type question func(ctx context.Context, wanted *plain) (data map[string]any, err error)

// network compiles a root about the graph as a whole.
func (c *compiler) network(at *path, r *root) (value, error) {
	if c.req.Network == nil {
		return nil, unknownField(at)
	}
	if err := c.selection(at, 1); err != nil {
		return nil, err
	}
	if c.walk == nil {
		c.walk, c.met = c.req.Network.Walk(c.req.View), map[string]*store.Row{}
	}
	args, err := c.arguments(at, r.fields[0])
	if err != nil {
		return nil, err
	}
	q := asking{c, at, args}
	ask, err := map[string]func(*root) (question, error){
		"paths": q.paths, "neighborhood": q.neighborhood, "common": q.common, "centrality": q.centrality, "communities": q.communities,
	}[r.name()](r)
	if err != nil {
		return nil, err
	}
	if slices.Contains([]string{"paths", "neighborhood", "common"}, r.name()) {
		r.cell.told = told(at)
	}
	v, err := c.asked(at, r, ask)
	if err != nil {
		return nil, err
	}
	if r.cell.told != nil && c.req.View == store.FullView {
		r.cell.nested = append(r.cell.nested, r.cell.told)
	}
	if relations := q.scope().Relations; len(relations) > 0 && r.name() != "common" {
		slices.Sort(relations)
		for _, named := range r.cell.nested {
			if named.cell.of == store.LinkRows { // a store finds links sooner of which it knows what they may be
				named.Types = relations
			}
		}
	}
	return v, nil
}

// asked compiles a root whose question is asked before anything is read.
func (c *compiler) asked(at *path, r *root, ask question) (*plainRoot, error) {
	v := &plainRoot{}
	var err error
	if v.shape, err = c.plain(at, &r.cell, r.collected); err != nil {
		return nil, err
	}
	r.gather = func(ctx context.Context) error {
		data, err := ask(ctx, v.shape)
		if data != nil {
			v.data = any(data)
			if list, ok := data[wholeList]; ok {
				v.data = list
			}
			v.shape.read(v.data)
		}
		for _, named := range r.cell.nested {
			named.settled()
		}
		return err
	}
	return v, nil
}

// asking reads the arguments of such a root.
type asking struct {
	c    *compiler
	at   *path
	args map[string]any
}

// numbers reads integers between two bounds, each of which has a default in the schema.
func (q asking) numbers(list ...argument) error {
	for _, a := range list {
		n, given := q.args[a.name].(int64)
		if !given {
			continue
		}
		if n < int64(a.least) || n > int64(a.most) {
			return badInput(q.at, a.name, "%d is not between %d and %d", n, a.least, a.most)
		}
		*a.into = int(n)
	}
	return nil
}

type argument struct {
	name        string
	least, most int
	into        *int // holds what is meant by null
}

func (q asking) scope() network.Scope {
	var s network.Scope
	if _, given := q.args["relations"]; given {
		s.Relations = q.texts("relations", nil)
	}
	if _, given := q.args["types"]; given {
		s.Types = q.texts("types", q.c.words.typeNames)
	}
	return s
}

func (q asking) measured(r *root) (s network.MeasureScope, err error) {
	s = network.MeasureScope{Scope: q.scope(), Contract: q.args["contract"] == true}
	s.Holding, err = q.holding(r)
	s.Day = r.cell.asOf
	return s, err
}

// texts reads a list of enumeration values, each once, as the names they stand for.
func (q asking) texts(name string, names map[string]string) []string {
	list := []string{}
	for _, wanted := range wantedNames(q.args[name], names) {
		list = append(list, wanted.(string))
	}
	return list
}

// ids reads a list of ids, each once; what cannot be an id names nothing.
func (q asking) ids(name string) []string {
	return slices.DeleteFunc(q.texts(name, nil), func(id string) bool { return !statement.ValidID(id) })
}

func (q asking) id(name string) string {
	if id, _ := q.args[name].(string); statement.ValidID(id) {
		return id
	}
	return ""
}

func (q asking) gates() (network.Gates, error) {
	g := network.Gates{Avoid: q.ids("avoid"), Unspecified: q.args["throughUnspecified"] == true}
	err := q.numbers(argument{"maxDegree", 1, 1 << 30, &g.MaxDegree})
	return g, err
}

// holding reads asOf and minVerification. What is written is of that day.
func (q asking) holding(r *root) (network.Holding, error) {
	var n store.Nested
	var err error
	if r.cell.asOf, err = q.c.asOf(q.at, listing{linked: true}, q.args["asOf"], &n); err != nil {
		return network.Holding{}, err
	}
	if least, given := q.args["minVerification"]; given {
		n.LinkWhere = both(n.LinkWhere, store.Compare{
			Property: named(vocab.LinkProperties, statement.KeyVerification), Op: store.Gte, Values: []any{least},
		})
	}
	return network.Holding{Nodes: n.Where, Links: n.LinkWhere}, nil
}
