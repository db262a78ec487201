package graph

import (
	"slices"
	"sync"

	"github.com/vinculo/vinculo/internal/vocab"
)

// vocabulary gives the value of the root vocabulary, which never changes.
var vocabulary = sync.OnceValue(func() map[string]any {
	return map[string]any{
		"types":     list(vocab.Types(), vocabularyType),
		"relations": list(vocab.Relations(), vocabularyRelation),
	}
})

// The names of vocab's constants in the enumerations ValueType and Shield.
var (
	valueTypes = map[vocab.ValueType]string{
		vocab.Text: "TEXT", vocab.URL: "URL", vocab.Date: "DATE", vocab.Integer: "INTEGER",
		vocab.Boolean: "BOOLEAN", vocab.Choice: "CHOICE", vocab.Count: "COUNT",
	}
	shields = map[vocab.Shield]string{vocab.Withhold: "WITHHELD", vocab.Show: "SHOWN", vocab.Coarsen: "TO_THE_MONTH"}
)

func vocabularyType(t *vocab.Type) any {
	shown := slices.DeleteFunc(slices.Clone(t.Properties), func(p *vocab.Property) bool { return p.Hidden })
	return map[string]any{
		"name":        t.Name,
		"type":        t.EnumName(),
		"description": t.Doc,
		"root":        t.Root,
		"ftm":         texts(t.FtM),
		"properties":  list(shown, vocabularyProperty),
	}
}

func vocabularyProperty(p *vocab.Property) any {
	values := []any{}
	if p.Value == vocab.Choice {
		values = list(p.Enum.Values, func(v vocab.EnumValue) any { return v.Name })
	}
	return map[string]any{
		"name":        p.Name,
		"key":         p.EnumName(),
		"description": p.Doc,
		"valueType":   valueTypes[p.Value],
		"values":      values,
		"many":        p.Many,
		"sorted":      p.Sorted,
		"computed":    p.Computed,
		"shield":      shields[p.Shield],
	}
}

func vocabularyRelation(r *vocab.Relation) any {
	return map[string]any{
		"relation":    r.Name,
		"description": r.Doc,
		"fromTypes":   typeNames(r.From...),
		"toTypes":     typeNames(r.To...),
		"symmetric":   r.Symmetric,
		"roles":       texts(r.Roles),
		"ftm":         texts(r.FtM),
		"shield":      shields[r.Shield],
		"fields":      list(r.Fields, vocabularyField),
	}
}

func vocabularyField(f *vocab.Field) any {
	return map[string]any{
		"name":        f.Name,
		"onTypes":     typeNames(f.On...),
		"targetTypes": typeNames(f.Target),
		"reverse":     f.Reverse,
		"one":         f.One,
		"countable":   f.Countable,
	}
}

// typeNames gives types as values of EntityType: all of them for any entity.
func typeNames(names ...string) []any {
	if names[0] == vocab.AnyEntity {
		return list(vocab.Types(), func(t *vocab.Type) any { return t.EnumName() })
	}
	return list(names, func(name string) any { return vocab.UpperSnake(name) })
}

func texts(all []string) []any { return list(all, func(text string) any { return text }) }
