package embedstore

import (
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// texts makes equal short texts of many rows one string in memory: ids, kinds,
// dates, words that recur. A nil one shares only what the vocabulary names.
type texts map[string]string

// maxShared is the longest text that is worth looking up; ids of imports have 32.
const maxShared = 40

func (t texts) text(b []byte) string {
	if len(b) > maxShared {
		return string(b)
	}
	if s, ok := vocabulary[string(b)]; ok {
		return s
	}
	if t == nil {
		return string(b)
	}
	if s, ok := t[string(b)]; ok {
		return s
	}
	s := string(b)
	t[s] = s
	return s
}

// vocabulary holds the texts that rows are full of: keys, types, relations and
// values of enumerations. Never changed, so reads share it.
var vocabulary = func() map[string]string {
	all := map[string]string{}
	add := func(names ...string) {
		for _, name := range names {
			all[name] = name
		}
	}
	for _, t := range vocab.Types() {
		add(t.Name)
		for _, p := range t.Properties {
			add(p.Name)
		}
	}
	for _, r := range vocab.Relations() {
		add(r.Name)
	}
	for _, e := range vocab.Enums() {
		for _, v := range e.Values {
			add(v.Name)
		}
	}
	for _, list := range [][]*vocab.Property{vocab.LinkProperties, vocab.StatementProperties} {
		for _, p := range list {
			add(p.Name)
		}
	}
	add("", statement.StatementType, statement.KeyQualifiers, statement.KeyLang, statement.KeyLink, statement.KeyGroup,
		statement.KeyPlace, statement.KeyLocator, statement.KeyWords, statement.KeyReportedBy, statement.KeyBy, statement.KeyTrace)
	return all
}()
