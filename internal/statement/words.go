package statement

import (
	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Words gives the words of the row by which its entity is found (match.Words): those
// of the values by which the vocabulary says so. A built-in entity has none.
func (r *Row) Words() []string {
	if r == nil || r.Unlisted {
		return nil
	}
	return WordsOf(r.Type, r.Values.Get)
}

// WordsOf gives the words of an entity's values.
func WordsOf(typ string, get func(key string) any) []string {
	texts := map[vocab.Finds][]string{}
	for _, p := range vocab.TypeOf(typ).Properties {
		if p.Finds == 0 {
			continue
		}
		switch value := get(p.Name).(type) {
		case string:
			texts[p.Finds] = append(texts[p.Finds], value)
		case []string:
			texts[p.Finds] = append(texts[p.Finds], value...)
		}
	}
	return match.Words(texts[vocab.ByName], texts[vocab.ByText])
}
