package plan

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// scalar coerces a value that has no parts, from the query or from a variable.
func (in input) scalar(v any, t *ast.Type) (any, error) {
	def := in.c.schema.Types[t.NamedType]
	if def == nil {
		return nil, in.bad("a value of an unknown type")
	}
	if def.Kind == ast.Enum {
		name, _ := v.(string)
		if def.EnumValues.ForName(name) == nil {
			return nil, in.bad("%s is no value of %s", shown(v), t.NamedType)
		}
		return name, nil
	}
	switch t.NamedType {
	case "Int":
		if n, ok := integer(v); ok && n >= math.MinInt32 && n <= math.MaxInt32 {
			return n, nil
		}
		return nil, in.bad("%s is no integer of 32 bits", shown(v))
	case "Float":
		if f, ok := number(v); ok {
			return f, nil
		}
		return nil, in.bad("%s is no number", shown(v))
	case "Boolean":
		if b, ok := v.(bool); ok {
			return b, nil
		}
		return nil, in.bad("%s is neither true nor false", shown(v))
	case "ID":
		if n, ok := integer(v); ok {
			return strconv.FormatInt(n, 10), nil
		}
	}
	if text, ok := v.(string); ok && def.Kind == ast.Scalar {
		return text, nil
	}
	return nil, in.bad("%s is no %s", shown(v), t.NamedType)
}

// integer gives the whole number that a value is. Text is none.
func integer(v any) (int64, bool) {
	switch n := v.(type) {
	case int:
		return int64(n), true
	case int32:
		return int64(n), true
	case int64:
		return n, true
	case float64:
		return int64(n), n == math.Trunc(n) && math.Abs(n) < 1<<53
	case json.Number:
		i, err := n.Int64()
		return i, err == nil
	}
	return 0, false
}

// number gives the finite number that a value is. Text is none.
func number(v any) (float64, bool) {
	if n, ok := integer(v); ok {
		return float64(n), true
	}
	switch f := v.(type) {
	case float64:
		return f, !math.IsNaN(f) && !math.IsInf(f, 0)
	case json.Number:
		x, err := f.Float64()
		return x, err == nil
	}
	return 0, false
}

// maxShown is how many characters of a refused value an error repeats.
const maxShown = 40

func shown(v any) string {
	var text string
	switch v := v.(type) {
	case string:
		return strconv.Quote(shorten(v))
	case map[string]any:
		return "an object"
	case json.Number, bool, int, int32, int64, float64:
		text = fmt.Sprint(v)
	default:
		return "this value"
	}
	return shorten(text)
}

func shorten(text string) string {
	n := 0
	for i := range text {
		if n == maxShown {
			return text[:i] + "…"
		}
		n++
	}
	return text
}

// canonical appends a coerced value in one form for each: equal texts, equal values.
func canonical(b []byte, v any) []byte {
	switch v := v.(type) {
	case map[string]any:
		b = append(b, '{')
		for _, key := range slices.Sorted(maps.Keys(v)) {
			b = canonical(append(append(b, key...), ':'), v[key])
		}
		return append(b, '}')
	case []any:
		b = append(b, '[')
		for _, item := range v {
			b = append(canonical(b, item), ',')
		}
		return append(b, ']')
	case string:
		return strconv.AppendQuote(b, v)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case float64:
		return strconv.AppendFloat(b, v, 'g', -1, 64)
	case bool:
		return strconv.AppendBool(b, v)
	}
	return append(b, '~')
}

// mentions reports whether a key stands anywhere in a coerced value.
func mentions(v any, key string) bool {
	switch v := v.(type) {
	case map[string]any:
		for k, below := range v {
			if k == key || mentions(below, key) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, func(item any) bool { return mentions(item, key) })
	}
	return false
}
