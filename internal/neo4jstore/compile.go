package neo4jstore

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// query is a selection in the tree of those that one read answers.
type query struct {
	*store.Nested // of a root only the Selection is set
	row           columns
	link          columns // of a step
	children      []*query
	linkChildren  []*query
}

// newQuery makes the tree of a selection. Its texts name the values that are wanted
// or, if steady, take their names as a parameter: then what is asked for more or less
// makes no other text, which would have to be planned.
func newQuery(n *store.Nested, steady bool) *query {
	q := &query{Nested: n}
	q.row = columnsOf(n.Of, n.Keys, n.Nested)
	q.row.version = slices.Contains(n.Keys, store.KeyVersion)
	if types := typesOf(n); n.Of == store.Entities && len(types) == 1 {
		q.row.ofType(types[0])
	}
	if n.Step != nil {
		q.link = columnsOf(store.LinkRows, n.LinkKeys, n.LinkNested)
		q.link.ends = n.Step.Out == n.Step.In
		if relations := relationsNamed(n.Step.Relations); len(relations) == 1 {
			q.link.typ = relations[0].Name
		}
	}
	q.row.steady, q.link.steady = steady, steady
	for i := range n.Nested {
		q.children = append(q.children, newQuery(&n.Nested[i], steady))
	}
	for i := range n.LinkNested {
		q.linkChildren = append(q.linkChildren, newQuery(&n.LinkNested[i], steady))
	}
	return q
}

// newQueries makes the trees of the selections of a read.
func newQueries(selections []store.Selection, steady bool) []*query {
	roots := make([]*query, len(selections))
	for i := range selections {
		roots[i] = newQuery(&store.Nested{Selection: selections[i]}, steady)
	}
	return roots
}

// columns are what comes with a row.
type columns struct {
	of      store.Collection
	keys    []string // of values, sorted
	steady  bool     // the keys are a parameter
	typ     string   // the one type that the rows can have, which then does not come with them; or ""
	version bool     // the version of entities is wanted
	ends    bool     // the ends of links come with them, since nothing else tells them
}

// ofType says that all rows are of the type: values that it does not have are not
// looked for, which would take the longest.
func (c *columns) ofType(t *vocab.Type) {
	c.typ = t.Name
	c.keys = slices.DeleteFunc(c.keys, func(key string) bool { return t.Property(key) == nil && !vocab.Foreign(key) })
}

// columnsOf gives what is wanted and known of a row, and what its children join by.
func columnsOf(of store.Collection, wanted []string, nested []store.Nested) columns {
	keys := slices.Clone(wanted)
	for _, n := range nested {
		keys = append(keys, n.Refs, n.Mine)
	}
	keys = slices.DeleteFunc(keys, func(key string) bool { return !isValue(of, key) })
	slices.Sort(keys)
	return columns{of: of, keys: slices.Compact(keys), ends: of == store.LinkRows}
}

// linkValues and statementValues are the keys of package statement that rows have.
var (
	linkValues = []string{
		statement.KeyRole, statement.KeyMeasure, statement.KeyStart, statement.KeyEnd, statement.KeyQualifiers,
		statement.KeyAttribution, statement.KeyVerification, statement.KeyRank, statement.KeyDisputed,
	}
	statementValues = []string{
		statement.KeyQualifiers, statement.KeyAttribution, statement.KeyVerification, statement.KeyRank, statement.KeyDisputed,
		statement.KeySubject, statement.KeyProperty, statement.KeyText, statement.KeyLang, statement.KeyEntity, statement.KeyLink,
		statement.KeyGroup, statement.KeyPlace, statement.KeySource, statement.KeyLocator, statement.KeyWords, statement.KeyClaimedBy,
		statement.KeyReportedBy, statement.KeyDenies, statement.KeyVisibility, statement.KeyRetracted, statement.KeyAt, statement.KeyBy,
		statement.KeyRetractedAt, statement.KeyTrace,
	}
)

// isValue reports whether rows of a collection can have a value under the key: only
// such keys get into texts.
func isValue(of store.Collection, key string) bool {
	switch of {
	case store.Entities:
		return len(vocab.PropertiesOf(key)) > 0 || vocab.Foreign(key)
	case store.LinkRows:
		return slices.Contains(linkValues, key)
	}
	return slices.Contains(statementValues, key)
}

// isList reports whether the value under the key is a list.
func isList(of store.Collection, key string) bool {
	if of != store.Entities {
		return key == statement.KeyReportedBy || key == statement.KeyTrace
	}
	if vocab.Foreign(key) {
		return true
	}
	list := vocab.PropertiesOf(key)
	return len(list) > 0 && (list[0].Many || list[0].Value == vocab.Refs)
}

// compiler writes one text. It names the variables, and puts into $p every value
// that comes from a selection.
type compiler struct {
	view   store.View
	budget int
	inline func(child *query) bool // whether a child is read by its parent's text
	p      params
	names  int
}

// bind gives a value a place in $p.
func (c *compiler) bind(value any) string {
	key := "v" + strconv.Itoa(len(c.p))
	c.p[key] = value
	return "$p." + key
}

// name makes a variable.
func (c *compiler) name(prefix string) string {
	c.names++
	return prefix + strconv.Itoa(c.names)
}

// scope is a row in a text: its variable, and what it is known to be.
type scope struct {
	of       store.Collection
	variable string
}

func (s scope) id() string { return s.variable + "." + keyID }

// value is the expression for what a row says under a key.
func (c *compiler) value(s scope, key string) string {
	switch {
	case key == keyID:
		return s.id()
	case key == keyType && s.of == store.Entities:
		return column(c.view, s.of, s.variable, key)
	case key == keyType && s.of == store.LinkRows && c.view == statement.FullView:
		return "replace(type(" + s.variable + "), '" + fullType + "', '')"
	case key == keyType && s.of == store.LinkRows:
		return "type(" + s.variable + ")"
	case key == keyType:
		return "'" + statement.StatementType + "'"
	case s.of == store.LinkRows && (key == keyFrom || key == keyTo):
		return s.variable + "." + key
	case isValue(s.of, key):
		return column(c.view, s.of, s.variable, key)
	}
	return "null"
}

// stored is the expression for what is stored beside a value (asFold …).
func (c *compiler) stored(s scope, key, suffix string) string {
	return column(c.view, s.of, s.variable, key+suffix)
}

// sortedBy is the expression for the sort key that is stored beside a value.
func (c *compiler) sortedBy(s scope, p *vocab.Property) string {
	direct := c.stored(s, p.Name, asSort)
	if isIndexed(s.of, p) || !isText(s.of, p) {
		return direct
	}
	plain := func(prefix string) string {
		return "coalesce(" + s.variable + "." + quoted(prefix+p.Name+asSort) + ", " + s.variable + "." + quoted(prefix+p.Name+asFold) + ")"
	}
	switch {
	case c.view == statement.PublicView:
		return plain("")
	case twinned[s.of][p.Name+asFold]:
		return plain(fullKey)
	}
	// Which of the two views' keys holds is told by the fold, which is always there.
	return "CASE WHEN " + s.variable + "." + quoted(fullKey+p.Name+asFold) + " IS NOT NULL THEN " + plain(fullKey) + " ELSE " + plain("") + " END"
}

// label is a row's label as the compiler's view reads it.
func (c *compiler) label(name string) string { return labelIn(c.view, name) }

// and joins conditions; none gives "".
func and(conditions []string) string { return strings.Join(conditions, " AND ") }

// where is the clause for conditions that all have to hold, with a space before it.
func where(conditions []string) string {
	if len(conditions) == 0 {
		return ""
	}
	return " WHERE " + and(conditions)
}
