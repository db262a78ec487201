package interchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/statement"
)

func TestLinesThatAreNone(t *testing.T) {
	t.Parallel()
	for line, reason := range map[string]string{
		`nonsense`:                           "no JSON object",
		`{"\ud800":"p1"}`:                    "half of a pair",
		`{"subject":"\ud83d, \ud83d\ude00"}`: "half of a pair",
		`[]`:                                 "no JSON object",
		`"text"`:                             "no JSON object",
		`{"subject":"p1"`:                    "unexpected end",
		`{"subject":}`:                       "invalid character",
		`{"subject":"p1"} {}`:                "after top-level value",
		`{"subject":"p1",}`:                  "no JSON object",
		"{\"subject\":\"Mu\xf1\"}":           "not valid UTF-8",
		`{}`:                                 "subject: missing",
		`{"subject":"p1","property":"name","value":"Ana"}`:                                              "source: missing",
		`{"subject":"p 1","property":"name","value":"Ana","source":"s1"}`:                               `subject: "p 1" is no id`,
		`{"subject":"p1","property":"shoeSize","value":"40","source":"s1"}`:                             `"shoeSize" is no property or relation`,
		`{"subject":"p1","property":"birthDate","value":"last May","source":"s1"}`:                      "birthDate",
		`{"subject":"d1","property":"outcome","value":"FREE","source":"s1"}`:                            "none of RELEASED",
		`{"subject":"p1","property":"MEMBER_OF","value":"o1","source":"s1"}`:                            "it takes an entity",
		`{"subject":"p1","property":"name","value":"Ana","source":"s1","color":"red"}`:                  `"color" is not a known key`,
		`{"Subject":"p1","property":"name","value":"Ana","source":"s1"}`:                                `"Subject" is not a known key`,
		`{"subject":"p1","subject":"p2","property":"name","value":"Ana","source":"s1"}`:                 "the key comes twice",
		`{"subject":"p1","property":"name","value":"Ana","source":null}`:                                "null says nothing",
		`{"subject":"p1","property":"name","value":7,"source":"s1"}`:                                    "value: must be a string",
		`{"subject":"p1","property":"name","value":"Ana","source":"s1","denies":"yes"}`:                 "denies: must be true or false",
		`{"subject":"p1","property":"MEMBER_OF","entity":"o1","source":"s1","qualifiers":[]}`:           "no JSON object",
		`{"subject":"p1","property":"MEMBER_OF","entity":"o1","source":"s1","qualifiers":{"role":"x"}}`: `"role": must be a list of strings`,
		`{"subject":"p1","property":"MEMBER_OF","entity":"o1","source":"s1","qualifiers":{"a":[null]}}`: `"a": each in the list must be a string`,
		`{"subject":"p1","property":"name","value":"Ana","source":"s1","at":"yesterday"}`:               "at:",
		`{"subject":"p1","property":"name","value":"Ana","source":"s1","reason":"x"}`:                   "reason: no key of a statement line",
		`{"retract":"a b"}`:                       "retract: \"a b\" is no id",
		`{"retract":"x1","rank":"NORMAL"}`:        "rank: no key of a retract line",
		`{"retract":"x1","set":"x2"}`:             "set: no key of a retract line",
		`{"set":"x1"}`:                            "rank, visibility or verification is missing",
		`{"set":"x1","rank":"BEST"}`:              "none of PREFERRED",
		`{"set":"x1","visibility":"SECRET"}`:      "none of PUBLIC",
		`{"purged":"x1","reason":"asked for"}`:    "purged: this version cannot import tombstones",
		`{"commit":-1}`:                           "commit: must be a whole number",
		`{"commit":1,"at":"2026-01-02"}`:          "at:",
		`{"vinculo":"statements","version":1}`:    `"vinculo" is not a known key`,
		`{"subject":"` + strings.Repeat("x", 100): "unexpected end",
	} {
		_, err := parseLine([]byte(line))
		if err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("%s\n got %v\nwant %q", line, err, reason)
		}
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	for header, reason := range map[string]string{
		StatementHeader:                         "",
		`{"version":1, "vinculo":"statements"}`: "",
		`{"vinculo":"statements","version":1,"secret":"x","created":"2026-01-02T00:00:00Z","sequence":9}`: "",
		`{"vinculo":"statements","version":2}`:                 "use a newer one",
		`{"vinculo":"statements"}`:                             "no statement file",
		`{"vinculo":"entities","version":1}`:                   "no statement file",
		`{"vinculo":"statements","version":1,"view":"public"}`: `"view" is not a known key`,
		`{"id":"x1","schema":"Person"}`:                        "no statement file",
		`name,birth`:                                           "no statement file",
	} {
		err := parseHeader([]byte(header))
		if reason == "" && err != nil || reason != "" && (err == nil || !strings.Contains(err.Error(), reason)) {
			t.Errorf("%s: %v, want %q", header, err, reason)
		}
	}
}

func TestALineReadsBackAsTheStatementThatItIs(t *testing.T) {
	t.Parallel()
	text := rapid.StringMatching(`[^\x00]{1,20}`)
	rapid.Check(t, func(t *rapid.T) {
		want := statement.Statement{
			ID: "x1", Subject: "p1", Property: "notes", Value: "a" + text.Draw(t, "value"), Source: "s1",
			Words: text.Draw(t, "words"), Locator: text.Draw(t, "locator"), ClaimedBy: "o1",
			Attribution: "ALLEGED", Denies: rapid.Bool().Draw(t, "denies"), Verification: "DOCUMENT", Rank: "DEPRECATED", Visibility: "RESTRICTED",
			Qualifiers: map[string][]string{"role": {"a" + text.Draw(t, "role")}},
		}
		line, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := parseLine(line)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if diff := cmp.Diff(&want, got.statement); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func TestLinesAreReadOneByOne(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", maxLine)
	in := newLines(strings.NewReader("\ufeffone\r\n\n  \n two \n" + long + "yy\nthree" + strings.Repeat("z", 1<<17) + "\n" + long + "\n\nend"))
	var got []string
	for {
		text, err := in.next()
		if errors.Is(err, errLongLine) {
			text = []byte("too long")
		} else if err != nil {
			break
		}
		got = append(got, string(text[:min(len(text), 8)])+string(rune('0'+in.number)))
	}
	if diff := cmp.Diff([]string{"one1", "two4", "too long5", "threezzz6", "too long7", "end9"}, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzParseLine(f *testing.F) {
	f.Add([]byte(`{"id":"x1","subject":"p1","property":"MEMBER_OF","entity":"o1","source":"s1","qualifiers":{"role":["coordinator"]},"denies":true}`))
	f.Add([]byte(`{"set":"x1","rank":"PREFERRED","reason":"newer","at":"2026-01-02T03:04:05Z","by":"Ana"}`))
	f.Add([]byte(`{"retract":"x1"}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		got, err := parseLine(line)
		if err != nil {
			if len(err.Error()) > 4096 {
				t.Errorf("the error has %d bytes", len(err.Error()))
			}
			return
		}
		if got.statement != nil && got.statement.Check() != nil {
			t.Error("a statement was let through that its own check refuses")
		}
		if again, err := parseLine(bytes.Clone(line)); err != nil || !cmp.Equal(got, again, cmp.AllowUnexported(entry{})) {
			t.Errorf("read twice, it differs: %v", err)
		}
	})
}
