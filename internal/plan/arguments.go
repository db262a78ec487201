package plan

import (
	"encoding/json"
	"reflect"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// arguments gives a field's arguments, coerced to their types: map[string]any for
// an input object, []any for a list (of one where a single value stands for it),
// string for text, id and enumeration, int64, float64, bool. One that is left out, or is a
// variable that was not given, has its default, and one that is null has no value: so null
// lifts a bound that there is by default (maxDegree). Inside an argument null is kept.
func (c *compiler) arguments(at *path, f *ast.Field) (map[string]any, error) {
	values := map[string]any{}
	for _, def := range f.Definition.Arguments {
		in := input{c, at, def.Name}
		var v any
		given := false
		if arg := f.Arguments.ForName(def.Name); arg != nil {
			var err error
			if v, given, err = in.literal(arg.Value, def.Type, 0); err != nil {
				return nil, err
			}
		}
		if !given && def.DefaultValue != nil {
			var err error
			if v, _, err = in.literal(def.DefaultValue, def.Type, 0); err != nil {
				return nil, err
			}
		}
		if v != nil {
			values[def.Name] = v
		}
	}
	return values, nil
}

// input coerces one argument, or a part of it.
type input struct {
	c     *compiler
	at    *path
	where string // from the argument down: where.name.eq
}

func (in input) below(key string) input { return input{in.c, in.at, in.where + "." + key} }
func (in input) item(i int) input {
	return input{in.c, in.at, in.where + "[" + strconv.Itoa(i) + "]"}
}

func (in input) bad(format string, args ...any) error {
	return badInput(in.at, in.where, format, args...)
}

// literal coerces what stands in the query. It is not given if it is a variable
// without a value.
func (in input) literal(v *ast.Value, t *ast.Type, nesting int) (value any, given bool, err error) {
	if v.Kind == ast.Variable {
		variable, ok := in.c.req.Variables[v.Raw]
		if !ok {
			return nil, false, nil
		}
		value, err = in.variable(variable, t, nesting)
		return value, true, err
	}
	value, err = in.constant(v, t, nesting)
	return value, true, err
}

func (in input) constant(v *ast.Value, t *ast.Type, nesting int) (any, error) {
	switch {
	case v.Kind == ast.NullValue:
		return in.null(t)
	case nesting > maxNesting:
		return nil, tooLarge(in.at, in.where, "nested more than %d levels deep", maxNesting)
	case t.Elem != nil:
		if v.Kind != ast.ListValue {
			one, err := in.constant(v, t.Elem, nesting+1)
			return []any{one}, err
		}
		return in.list(len(v.Children), t, func(in input, i int) (any, error) {
			value, given, err := in.literal(v.Children[i].Value, t.Elem, nesting+1)
			if !given {
				return in.null(t.Elem)
			}
			return value, err
		})
	case v.Kind == ast.ObjectValue:
		return in.object(t, func(name string) bool { return v.Children.ForName(name) != nil },
			func(in input, field *ast.FieldDefinition) (any, bool, error) {
				return in.literal(v.Children.ForName(field.Name), field.Type, nesting+1)
			})
	case v.Kind == ast.IntValue, v.Kind == ast.FloatValue:
		return in.scalar(json.Number(v.Raw), t)
	case v.Kind == ast.BooleanValue:
		return in.scalar(v.Raw == "true", t)
	}
	return in.scalar(v.Raw, t)
}

// variable coerces what came in a variable, or in a part of one. The validator has
// refused unknown fields and absent ones that are required; single values stand in
// typed slices.
func (in input) variable(v any, t *ast.Type, nesting int) (any, error) {
	switch {
	case v == nil:
		return in.null(t)
	case nesting > maxNesting:
		return nil, tooLarge(in.at, in.where, "nested more than %d levels deep", maxNesting)
	case t.Elem != nil:
		list := reflect.ValueOf(v)
		if list.Kind() != reflect.Slice {
			one, err := in.variable(v, t.Elem, nesting+1)
			return []any{one}, err
		}
		return in.list(list.Len(), t, func(in input, i int) (any, error) {
			return in.variable(list.Index(i).Interface(), t.Elem, nesting+1)
		})
	}
	if fields, ok := v.(map[string]any); ok {
		return in.object(t, func(name string) bool { _, ok := fields[name]; return ok },
			func(in input, field *ast.FieldDefinition) (any, bool, error) {
				value, err := in.variable(fields[field.Name], field.Type, nesting+1)
				return value, true, err
			})
	}
	return in.scalar(v, t)
}

func (in input) null(t *ast.Type) (any, error) {
	if t.NonNull {
		return nil, in.bad("null is no %s", t)
	}
	return nil, nil
}

// count counts objects and what stands in lists: a large variable may be used often.
func (in input) count(n int) error {
	most := in.c.limits.List * valuesPerList
	if in.c.values += n; in.c.values > most {
		return tooLarge(in.at, in.where, "the operation has more than %d values in its arguments, those of a variable counted at each use", most)
	}
	return nil
}

func (in input) list(length int, t *ast.Type, item func(in input, i int) (any, error)) (any, error) {
	if limit := in.c.limits.List; length > limit {
		return nil, tooLarge(in.at, in.where, "%d values; a list may have %d", length, limit)
	}
	if err := in.count(length); err != nil {
		return nil, err
	}
	list := make([]any, length)
	for i := range list {
		value, err := item(in.item(i), i)
		if err != nil {
			return nil, err
		}
		list[i] = value
	}
	return list, nil
}

func (in input) object(t *ast.Type, has func(name string) bool, get func(in input, field *ast.FieldDefinition) (any, bool, error)) (any, error) {
	def := in.c.schema.Types[t.NamedType]
	if def == nil || def.Kind != ast.InputObject {
		return nil, in.bad("an object is no %s", t)
	}
	if err := in.count(1); err != nil {
		return nil, err
	}
	values := map[string]any{}
	for _, field := range def.Fields {
		if !has(field.Name) && field.DefaultValue == nil && !field.Type.NonNull {
			continue
		}
		value, given, err := in.below(field.Name).field(field, has, get)
		if err != nil {
			return nil, err
		}
		if given {
			values[field.Name] = value
		}
	}
	return values, nil
}

func (in input) field(def *ast.FieldDefinition, has func(name string) bool, get func(in input, field *ast.FieldDefinition) (any, bool, error)) (value any, given bool, err error) {
	if has(def.Name) {
		if value, given, err = get(in, def); given || err != nil {
			return value, given, err
		}
	}
	if def.DefaultValue != nil {
		return in.literal(def.DefaultValue, def.Type, 0)
	}
	_, err = in.null(def.Type)
	return nil, false, err
}
