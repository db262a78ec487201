package plan_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/vocab"
)

// author writes random operations: aliases, fragments on types and interfaces, fields
// said twice, variables, @skip and @include, the same relation with other arguments.
type author struct {
	*rapid.T
	schema    *ast.Schema
	ids       []string
	budget    int               // fields still to write
	keys      map[string]string // response key → field and arguments: one meaning each
	fragments []fragment
	variables []string // declarations
	values    map[string]any
}

type fragment struct{ name, on, text string }

// operation draws an operation and its variables.
func operation(t *rapid.T, schema *ast.Schema, data *plainData) (query, variables string) {
	a := &author{T: t, schema: schema, ids: idsOf(data), budget: rapid.IntRange(5, 80).Draw(t, "size"), keys: map[string]string{}, values: map[string]any{}}
	body := a.selection(schema.Query, 0)
	head := "query"
	if len(a.variables) > 0 {
		head += "(" + strings.Join(a.variables, ", ") + ")"
	}
	query = head + " " + body
	for _, f := range a.fragments {
		query += fmt.Sprintf("\nfragment %s on %s %s", f.name, f.on, f.text)
	}
	text, err := json.Marshal(a.values)
	if err != nil {
		t.Fatal(err)
	}
	return query, string(text)
}

var lastIDs []string // of the graph that operations are about

func idsOf(data *plainData) []string {
	if data != nil {
		lastIDs = []string{"nobody", "no id"}
		for _, rows := range [][]plainRow{data.Entities, data.Links, data.Statements} {
			for _, r := range rows {
				former, _ := r.Values[vocab.FormerIDs].([]string)
				lastIDs = append(append(lastIDs, r.ID), former...)
			}
		}
	}
	return lastIDs
}

func (a *author) chance(what string, percent int) bool {
	return rapid.IntRange(0, 99).Draw(a.T, what) >= 100-percent
}

// selection writes a selection set on the type.
func (a *author) selection(def *ast.Definition, depth int) string {
	var parts []string
	if def.Name == "Node" {
		parts = append(parts, rapid.SampledFrom([]string{"id", "__typename"}).Draw(a.T, "first")) // so that every collection is read
	}
	for range rapid.IntRange(1, 4).Draw(a.T, "parts") {
		switch a.budget--; {
		case def != a.schema.Query && a.chance("fragment", 20) && depth < 8:
			parts = append(parts, a.fragment(def, depth))
		default:
			parts = append(parts, a.field(def, depth))
		}
	}
	return "{ " + strings.Join(parts, " ") + " }"
}

// fragment writes a fragment, inline or named, on the type or one that overlaps.
func (a *author) fragment(def *ast.Definition, depth int) string {
	on := rapid.SampledFrom(a.overlapping(def)).Draw(a.T, "on")
	directive := a.directive()
	if a.chance("named", 50) {
		same := slices.DeleteFunc(slices.Clone(a.fragments), func(f fragment) bool { return f.on != on })
		if len(same) > 0 && a.chance("again", 60) {
			return "..." + rapid.SampledFrom(same).Draw(a.T, "which").name + directive
		}
		f := fragment{on: on, text: a.selection(a.schema.Types[on], depth)}
		f.name = "f" + strconv.Itoa(len(a.fragments))
		a.fragments = append(a.fragments, f)
		return "..." + f.name + directive
	}
	condition := " on " + on
	if on == def.Name && a.chance("bare", 30) {
		condition = ""
	}
	return "..." + condition + directive + " " + a.selection(a.schema.Types[on], depth)
}

// overlapping gives the types of which a fragment may stand in a selection on def.
func (a *author) overlapping(def *ast.Definition) []string {
	names := append([]string{def.Name}, def.Interfaces...)
	if def.Kind == ast.Interface {
		for _, name := range []string{"Entity", "Person", "Detention", "Organization", "Facility", "Source", "Tally", "Sentence", "Link", "Statement"} {
			if t := a.schema.Types[name]; slices.Contains(t.Interfaces, def.Name) {
				names = append(names, name)
			}
		}
	}
	return names
}

func (a *author) directive() string {
	if !a.chance("directive", 15) {
		return ""
	}
	name := rapid.SampledFrom([]string{"skip", "include"}).Draw(a.T, "directive")
	value := a.yes("if")
	if a.chance("variable", 50) {
		return fmt.Sprintf(" @%s(if: %s)", name, a.variable("Boolean!", value))
	}
	return fmt.Sprintf(" @%s(if: %t)", name, value)
}

func (a *author) yes(what string) bool { return rapid.Bool().Draw(a.T, what) }

// variable declares a variable.
func (a *author) variable(typ string, value any) string {
	name := "$v" + strconv.Itoa(len(a.variables))
	a.variables = append(a.variables, name+": "+typ)
	a.values[name[1:]] = value
	return name
}

// What is not compared: cursors, which are ours alone, the schema, what is computed
// over the graph as a whole, scored, in groups (TestBreakdown) or with counts, and what was and became of things (TestSnapshot).
var notCompared = []string{"cursor", "startCursor", "endCursor", "__schema", "__type", "viewer", "vocabulary", "paths", "neighborhood", "common", "centrality", "communities", "search", "match", "history", "snapshot",
	"accounting", "byOrganization", "stockAndFlow", "breakdown", "timeline"}

func (a *author) field(def *ast.Definition, depth int) string {
	var fields []*ast.FieldDefinition
	for _, f := range def.Fields {
		leaf := a.schema.Types[f.Type.Name()].IsLeafType()
		if slices.Contains(notCompared, f.Name) || !leaf && (a.budget < 0 || depth > 9) {
			continue
		}
		fields = append(fields, f)
		for i := depth; !leaf && i < 8; i++ { // what leads on is chosen more often
			fields = append(fields, f)
		}
	}
	if len(fields) == 0 || a.chance("typename", 5) {
		return a.keyed("__typename", "") + a.directive()
	}
	f := rapid.SampledFrom(fields).Draw(a.T, "field")
	text := a.keyed(f.Name, a.arguments(f)) + a.directive()
	if below := a.schema.Types[f.Type.Name()]; !below.IsLeafType() {
		text += " " + a.selection(below, depth+1)
	}
	return text
}

// keyed gives a field a response key that means nothing else in the operation.
func (a *author) keyed(name, arguments string) string {
	key := name
	if a.chance("alias", 20) {
		key = rapid.SampledFrom([]string{"x", "y", "z"}).Draw(a.T, "alias")
	}
	for i := 1; a.keys[key] != "" && a.keys[key] != name+arguments; i++ {
		key = name + strconv.Itoa(i)
	}
	a.keys[key] = name + arguments
	if key != name {
		return key + ": " + name + arguments
	}
	return name + arguments
}

func (a *author) arguments(f *ast.FieldDefinition) string {
	var list []string
	paged := false
	for _, arg := range f.Arguments {
		required := arg.Type.NonNull
		if !required && !a.chance(arg.Name, 30) {
			continue
		}
		var value any
		switch arg.Name {
		case "first", "last":
			if paged {
				continue
			}
			paged, value = true, rapid.IntRange(0, 4).Draw(a.T, "size")
		case "id":
			value = a.id()
		case "ids":
			value = a.someIDs()
		case "where":
			value = a.where(arg.Type.Name())
		case "asOf":
			value = rapid.SampledFrom([]string{"2025-12-03", "2025-12-20", "2025-12-24", "2025-12-25", "2025-12-26", "2026-01-01", "1970-01-01"}).Draw(a.T, "day")
		case "knownAt":
			value = rapid.SampledFrom([]string{"2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "2026-01-01T02:00:02+02:00", "2026-01-01T00:00:03.9Z", "2026-02-01T00:00:00Z"}).Draw(a.T, "moment")
		case "properties", "relations", "relation":
			value = a.enums(arg.Type.Name())
		default: // cursors, and orders, which only stores know
			continue
		}
		list = append(list, arg.Name+": "+a.value(arg.Type.String(), value))
	}
	if len(list) == 0 {
		return ""
	}
	return "(" + strings.Join(list, ", ") + ")"
}

// value writes a value out, or in a variable.
func (a *author) value(typ string, v any) string {
	if a.chance("variable", 30) {
		return a.variable(typ, v)
	}
	return literal(v)
}

// enum is a name that is not quoted.
type enum string

func literal(v any) string {
	switch v := v.(type) {
	case map[string]any:
		var fields []string
		for name, value := range v {
			fields = append(fields, name+": "+literal(value))
		}
		slices.Sort(fields)
		return "{" + strings.Join(fields, ", ") + "}"
	case []any:
		var items []string
		for _, item := range v {
			items = append(items, literal(item))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case string:
		return strconv.Quote(v)
	}
	return fmt.Sprint(v)
}

func (a *author) id() any { return rapid.SampledFrom(a.ids).Draw(a.T, "id") }

func (a *author) someIDs() any {
	ids := []any{}
	for range rapid.IntRange(0, 4).Draw(a.T, "ids") {
		ids = append(ids, a.id())
	}
	return ids
}

func (a *author) enums(name string) any {
	values := []any{}
	for range rapid.IntRange(0, 4).Draw(a.T, name) {
		v := rapid.SampledFrom(a.schema.Types[name].EnumValues).Draw(a.T, name)
		values = append(values, enum(v.Name))
	}
	return values
}

// where draws a filter that the reference knows.
func (a *author) where(typ string) any {
	filter := map[string]any{}
	if strings.HasSuffix(typ, "LinkFilter") {
		if a.chance("node", 50) {
			filter["node"] = a.ofID()
		}
		if a.chance("link", 50) {
			filter["link"] = map[string]any{"relation": map[string]any{rapid.SampledFrom([]string{"eq", "ne"}).Draw(a.T, "op"): enum("MEMBER_OF")}}
		}
		return filter
	}
	if typ == "StatementFilter" && a.chance("retracted", 40) {
		filter["retracted"] = map[string]any{"eq": a.yes("retracted")}
	}
	if typ == "StatementFilter" && a.chance("rank", 40) {
		filter["rank"] = map[string]any{"ne": enum("NORMAL")}
	}
	switch rapid.IntRange(0, 4).Draw(a.T, "junction") {
	case 0:
		filter["or"] = []any{a.ofID(), a.ofID()}
	case 1:
		filter["not"] = a.ofID()
	case 2:
		filter["and"] = []any{map[string]any{}, a.ofID()}
	case 3:
		filter["id"] = a.ofID()["id"]
	}
	return filter
}

func (a *author) ofID() map[string]any {
	switch op := rapid.SampledFrom([]string{"eq", "ne", "in"}).Draw(a.T, "op"); op {
	case "in":
		return map[string]any{"id": map[string]any{op: a.someIDs()}}
	default:
		return map[string]any{"id": map[string]any{op: a.id()}}
	}
}
