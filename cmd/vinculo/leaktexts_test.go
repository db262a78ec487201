package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/storetest"
)

// textsNamingTheMinor say the name of an invented minor in every place of a
// statement about others that takes text, before and after the minor's own lines.
const textsNamingTheMinor = `{"id":"t1","subject":"z1","property":"type","value":"Event","source":"s"}
{"id":"t2","subject":"z1","property":"name","value":"Arresto de Niña Ejemplo Ficticia","source":"s"}
{"id":"t3","subject":"z2","property":"type","value":"Place","source":"s"}
{"id":"t4","subject":"z2","property":"name","value":"Casa de Niña Ejemplo Ficticia","source":"s"}
{"id":"t5","subject":"z3","property":"name","value":"Amigos de Niña Ejemplo Ficticia","source":"s"}
{"id":"t6","subject":"z3","property":"type","value":"Organization","source":"s"}
{"id":"t7","subject":"a1","property":"HAS_DETENTION","entity":"b1","words":"con Niña Ejemplo Ficticia","qualifiers":{"role":["amiga de Niña Ejemplo Ficticia"]},"source":"s"}
{"id":"t8","subject":"b1","property":"start","value":"2025-12","words":"con Niña Ejemplo Ficticia","source":"s"}
{"id":"t9","subject":"b1","property":"minorAtArrest","value":"NO","locator":"Niña Ejemplo Ficticia, p. 2","source":"s"}
{"id":"t10","subject":"a1","property":"birthDate","value":"1980","words":"como Niña Ejemplo Ficticia","source":"s"}
{"id":"t11","subject":"a1","property":"name","value":"Adulta Inventada","words":"madre de Niña Ejemplo Ficticia","source":"s"}
{"id":"t14","subject":"z2","property":"description","value":"Casa de Ni\u00adña Ejem\u200bplo Ficticia","source":"s"}
{"id":"t15","subject":"z3","property":"notes","value":"https://example.org/ni%25C3%25B1a-ejemplo-ficticia","source":"s"}
{"id":"t12","subject":"a1","property":"type","value":"Person","source":"s"}
{"id":"t13","subject":"b1","property":"type","value":"Detention","source":"s"}
`

const theMinorItself = `{"id":"m6","subject":"y","property":"nationality","value":"VE, Niña Ejemplo Ficticia","source":"s"}
{"id":"m1","subject":"y","property":"name","value":"Niña Ejemplo Ficticia","source":"s"}
{"id":"m2","subject":"y","property":"protection","value":"PROTECTED","source":"editorial"}
{"id":"m3","subject":"y","property":"type","value":"Person","source":"s"}
{"id":"m4","subject":"s","property":"type","value":"Source","source":"s"}
{"id":"m5","subject":"s","property":"title","value":"Informe inventado","source":"s"}
`

// whatShowsOfThem asks for every text of the entities around the minor.
const whatShowsOfThem = `{ events { nodes { name } } places { nodes { name description } } organizations { nodes { name notes } } people { nodes { name facts { text statements { nodes { words locator } } }
  nationality description notes statements { nodes { text words locator qualifiers { values } } } detentions { edges { link { role qualifiers { values } statements { nodes { words qualifiers { values } } } }
  node { facts { text statements { nodes { words locator } } } statements { nodes { text words locator } } } } } } } statements(first: 100) { nodes { text words locator } } }`

// Whatever the order of the lines, in one commit or in several, a protected name in
// a text about others shows to nobody without protected:read.
func TestNamesInTextsAreWithheldWhateverTheOrder(t *testing.T) {
	const header, change = `{"vinculo":"statements","version":1}` + "\n", `{"id":"r","subject":"s","property":"notes","value":"nada","source":"s"}` + "\n" + `{"retract":"r","reason":"mistaken"}` + "\n"
	for name, files := range map[string][]string{
		"one commit, the minor last":       {textsNamingTheMinor + theMinorItself},
		"one commit, the minor first":      {theMinorItself + textsNamingTheMinor},
		"several commits, the minor last":  {textsNamingTheMinor + theMinorItself + change},
		"several commits, the minor first": {theMinorItself + change + textsNamingTheMinor},
		"two files, the minor first":       {theMinorItself, textsNamingTheMinor + change},
		"the minor later, the file again":  {textsNamingTheMinor, theMinorItself, textsNamingTheMinor + change},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := []string{"DATA_DIR=" + filepath.Join(t.TempDir(), "var")}
			for _, text := range files {
				path := filepath.Join(t.TempDir(), "f.jsonl")
				if err := os.WriteFile(path, []byte(header+text), 0o600); err != nil {
					t.Fatal(err)
				}
				if o := runCommand(t, "", env, "import", path); o.code != 0 {
					t.Fatalf("import: %+v", o)
				}
			}
			server := start(t, env).ready(t)
			_, public := server.ask(t, whatShowsOfThem, "")
			if holdsName(public) || strings.Contains(public, `"errors"`) || !strings.Contains(public, `"name":"Name withheld"`) {
				t.Errorf("public: %s", public)
			}
			server.stop(t)
		})
	}
}

// holdsName reports whether an answer holds the minor's name, however it is spelt.
func holdsName(answer string) bool {
	there := match.TextTokens(answer)
	return !slices.ContainsFunc(match.NameTokens(storetest.MinorName), func(t string) bool { return !slices.Contains(there, t) })
}
