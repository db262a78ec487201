package plan

import (
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// statementField compiles a field of a statement.
func (c *compiler) statementField(at *path, in *cell, got collected) (value, error) {
	switch got.name() {
	case "__typename":
		return constant(appendString(nil, statement.StatementType)), nil
	case "id":
		return rowID{}, nil
	case "subject", "entity", "source", "claimedBy":
		return c.reference(at, in, got, store.Entities)
	case "link":
		return c.reference(at, in, got, store.LinkRows)
	case "reportedBy":
		return c.reportedBy(at, in, got)
	case "qualifiers":
		return c.qualifiers(at, in, got)
	case "corroborated":
		in.want(statement.KeyPlace)
		return corroborated{c.witnesses(at, in, statement.KeyGroup, statement.KeyGroup), true}, c.selection(at, 1)
	}
	return c.plainField(at, in, got)
}
