package embedstore

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/doctor"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
	"github.com/vinculo/vinculo/internal/vocab"
)

// examined gives what the doctor says of the store in a folder.
func examined(t testing.TB, dir string) *doctor.Report {
	t.Helper()
	e, err := Examine(dir)
	if err != nil {
		t.Fatalf("examine: %v", err)
	}
	defer func() { _ = e.Close() }()
	report, err := doctor.Check(t.Context(), e, doctor.Options{Lines: 100})
	if err != nil {
		t.Fatalf("check: %v", err)
	}
	return report
}

// texts of a report, by kind.
func said(report *doctor.Report) map[doctor.Kind]string {
	all := map[doctor.Kind]string{}
	for _, f := range report.Found {
		all[f.Kind] = strings.Join(f.Texts, "\n")
	}
	return all
}

func TestExamineFindsNothingInWhatCommitsLeave(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := fresh(t).(*harness)
		for _, c := range storetest.Commits(rt) {
			_, _ = h.store.Write(t.Context(), c) // some are meant to be refused
		}
		closeStore(t, h.store)
		before, err := os.ReadFile(filepath.Join(h.dir, FileName))
		if err != nil {
			rt.Fatal(err)
		}
		for kind, texts := range said(examined(t, h.dir)) {
			if kind.Wrong() && kind != doctor.Exposed {
				rt.Errorf("%s:\n%s", kind, texts)
			}
		}
		after, err := os.ReadFile(filepath.Join(h.dir, FileName))
		if err != nil || string(before) != string(after) {
			rt.Errorf("the file has changed (%v)", err)
		}
	})
}

// patient is a store with one of each thing that can break: p is protected, and the
// text x.o names her.
func patient(t *testing.T) *harness {
	t.Helper()
	h := fresh(t).(*harness)
	of := func(id, subject, property, value string) statement.Statement {
		return statement.Statement{ID: id, Subject: subject, Property: property, Value: value, Source: "src"}
	}
	link := statement.Statement{ID: "x.m", Subject: "q", Property: "MEMBER_OF", Entity: "o", Link: "l1", Source: "src"}
	write(t, h.store, statement.Commit{Add: []statement.Statement{
		of("x.src", "src", "type", "Source"), of("x.title", "src", "title", "Un informe"), of("x.o.type", "o", "type", "Organization"),
		of("x.q", "q", "type", "Person"), link, of("x.o", "o", "notes", "Conoce a Ana Ficticia"),
		of("x.p", "p", "type", "Person"), of("x.p.name", "p", "name", "Ana Ficticia"),
	}})
	write(t, h.store, statement.Commit{
		Set: []statement.Setting{{ID: "x.title", Rank: "PREFERRED"}}, Retract: []string{"x.q"}, Add: []statement.Statement{of("x.q2", "q", "type", "Person")},
	})
	write(t, h.store, statement.Commit{Add: []statement.Statement{statement.Statement{ID: "x.prot", Subject: "p", Property: "protection", Value: "PROTECTED", Source: vocab.Editorial}}})
	lost := of("x.lost", "nobody", "notes", "Nada")
	lost.Source = "nowhere"
	write(t, h.store, statement.Commit{Add: []statement.Statement{lost}})
	return h
}

func TestExamineNotes(t *testing.T) {
	h := patient(t)
	closeStore(t, h.store)
	report := examined(t, h.dir)
	want := map[doctor.Kind]string{doctor.Exposed: "x.o", doctor.Dangling: "x.lost: its source is nowhere", doctor.Untyped: "nobody"}
	if diff := difference(want, said(report)); diff != "" {
		t.Error(diff)
	}
	if report.Entities != 4 || report.Statements != 11 || report.Commits != 4 {
		t.Errorf("checked %d entities, %d statements, %d commits", report.Entities, report.Statements, report.Commits)
	}
}

func put(bucket []byte, key, value string) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error { return tx.Bucket(bucket).Put([]byte(key), []byte(value)) }
}

func drop(bucket []byte, key string) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error {
		if tx.Bucket(bucket).Get([]byte(key)) == nil {
			return fmt.Errorf("%s has no %q", bucket, key)
		}
		return tx.Bucket(bucket).Delete([]byte(key))
	}
}

func brief(id string, b statement.Brief) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error { return newWriter(tx).brief(id, b) }
}

func emptied(bucket []byte) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error {
		if err := tx.DeleteBucket(bucket); err != nil {
			return err
		}
		_, err := tx.CreateBucket(bucket)
		return err
	}
}

// changed changes a statement as recorded, under its key.
func changed(id string, change func(*statement.Recorded)) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error {
		key := slices.Clone(tx.Bucket(idBucket).Get([]byte(id)))
		r := new(statement.Recorded)
		if err := json.Unmarshal(tx.Bucket(statementBucket).Get(key), r); err != nil {
			return err
		}
		change(r)
		data, err := json.Marshal(r)
		if err != nil {
			return err
		}
		return tx.Bucket(statementBucket).Put(key, data)
	}
}

func encoded(r *statement.Row) string {
	return string(encodeTwin(statement.Twin{ID: r.ID, Public: r, Full: r}))
}

func TestExamineFindsWhatIsBroken(t *testing.T) {
	ofKey := func(tx *bolt.Tx, id string) string { return string(tx.Bucket(idBucket).Get([]byte(id))) }
	for name, c := range map[string]struct {
		damage func(*bolt.Tx) error
		kind   doctor.Kind
		says   string
	}{
		"an entity's row is gone":       {drop(entityRows, "q"), doctor.Entities, "q: is missing"},
		"a ghost":                       {put(entityRows, "ghost", encoded(&statement.Row{ID: "ghost", Type: "Person"})), doctor.Entities, "ghost: should not be there"},
		"the built-in source is gone":   {drop(entityRows, "editorial"), doctor.Entities, "editorial: is missing"},
		"a withheld name shows":         {put(entityRows, "p", encoded(&statement.Row{ID: "p", Type: "Person", Values: statement.Values{{Key: "name", Data: "Ana Ficticia"}}})), doctor.Entities, "p: lacks full protected, full protection, full sources, public protected; should not have public name"},
		"a row that is none":            {put(entityRows, "q", "\x07"), doctor.Unreadable, "q: "},
		"a link's row is gone":          {drop(linkRows, "l1"), doctor.Links, "l1: is missing"},
		"a link of no statement":        {put(linkRows, "l9", encoded(&statement.Row{ID: "l9", Type: "MEMBER_OF", From: "q", To: "o"})), doctor.Links, "l9: no statement speaks of it"},
		"a brief is gone":               {drop(briefBucket, "src"), doctor.Briefs, "src: is missing"},
		"a brief is another one":        {brief("q", statement.Brief{Type: "Person", Public: true, Protected: true}), doctor.Briefs, "q: should not have protected"},
		"protected names are gone":      {drop(namePersonBucket, "p"), doctor.Names, "p: is missing"},
		"a protected name is not found": {emptied(nameBucket), doctor.Index, "protected name 1 of p: not found by names"},
		"a name of nobody":              {put(nameBucket, "ana\x00p\x0012345678", "{}"), doctor.Index, "names: 2 entries, of which 1 belong to somebody"},
		"a version":                     {put(versionBucket, "o", "\x07\x07"), doctor.Version, "o: 7 in the public view, by the log 1\no: 7 in the full view, by the log 1"},
		"a statement's row is gone": {func(tx *bolt.Tx) error { return drop(statementRows, ofKey(tx, "x.o"))(tx) },
			doctor.Statements, "x.o: is missing"},
		"a row of no statement":           {put(statementRows, "\x00\x00\x00\x00\x00\x00\x01\x00", encoded(&statement.Row{Type: "Statement"})), doctor.Index, "statementRows: an entry of no statement"},
		"an index has lost a statement":   {drop(subjectBucket, "q\x00x.q2"), doctor.Index, "statement x.q2: not found by bySubject"},
		"an index has a statement twice":  {func(tx *bolt.Tx) error { return put(entityBucket, "src\x00MEMBER_OF\x00x.m", ofKey(tx, "x.m"))(tx) }, doctor.Index, "byEntity: an entry of no statement"},
		"a group is not found":            {drop(groupBucket, "l1\x00x.m"), doctor.Index, "statement x.m: not found by byGroup"},
		"a statement that is none":        {func(tx *bolt.Tx) error { return put(statementBucket, ofKey(tx, "x.q2"), "{")(tx) }, doctor.Unreadable, "q: "},
		"a statement says something else": {changed("x.o", func(r *statement.Recorded) { r.Value = "Otra" }), doctor.Log, "statement x.o is recorded otherwise than commit 1 added it"},
		"a statement became public":       {changed("x.prot", func(r *statement.Recorded) { r.Rank = "PREFERRED" }), doctor.Log, "statement x.prot: its rank is not what the log sets last"},
		"a setting is lost":               {changed("x.title", func(r *statement.Recorded) { r.Rank = "NORMAL" }), doctor.Log, "statement x.title: its rank is not what the log sets last"},
		"a setting's past is lost":        {changed("x.title", func(r *statement.Recorded) { r.Was = nil }), doctor.Log, "statement x.title: what it was before it was set otherwise"},
		"a retraction's time is lost":     {changed("x.q", func(r *statement.Recorded) { r.RetractedAt = "" }), doctor.Log, "retracts statement x.q, which is recorded as retracted at another time"},
		"a retraction is lost":            {changed("x.q", func(r *statement.Recorded) { r.Retracted = 0 }), doctor.Log, "commit 2 retracts statement x.q, which is recorded as in force then"},
		"numbers of statements":           {put(metaBucket, string(countsKey), "\x02"), doctor.Index, "the numbers of statements are kept as [1 0] in force"},
		"a retraction of nobody":          {changed("x.o", func(r *statement.Recorded) { r.Retracted = 3 }), doctor.Log, "commit 3 retracts 0 statements, and 1 are recorded as retracted by it"},
		"a retraction to come":            {changed("x.o", func(r *statement.Recorded) { r.Retracted = 9 }), doctor.Log, "1 statements are recorded as retracted by commit 9, which there is not"},
		"a statement of another commit":   {changed("x.o", func(r *statement.Recorded) { r.Sequence = 3 }), doctor.Log, "commit 1 adds statement x.o, which is recorded as of commit 3"},
		"a commit is gone":                {drop(commitBucket, string(number(3))), doctor.Log, "commit 3 is missing"},
		"the first commits are gone": {func(tx *bolt.Tx) error {
			return errors.Join(drop(commitBucket, string(number(1)))(tx), drop(commitBucket, string(number(2)))(tx))
		}, doctor.Log, "commits 1 to 2 are missing"},
		"the last commit is gone":          {drop(commitBucket, string(number(4))), doctor.Log, "the store's sequence is 4, the last commit is 3"},
		"a statement in no commit":         {drop(commitBucket, string(number(3))), doctor.Log, "11 statements are recorded, the log adds 10"},
		"a commit that is none":            {put(commitBucket, string(number(3)), "{"), doctor.Unreadable, "commit 3"},
		"a commit that says another one":   {put(commitBucket, string(number(3)), `{"sequence":5}`), doctor.Log, "commit 3 says that it is 5"},
		"what a commit touched is lost":    {drop(touchedBucket, "p\x00"+string(number(3))), doctor.Index, "commit 3 touched p: the index"},
		"what no commit touched":           {put(touchedBucket, "q\x00"+string(number(3)), "\x03"), doctor.Index, "the index of touched entities has 8 entries, the log 7"},
		"the sequence":                     {put(metaBucket, "sequence", string(number(7))), doctor.Log, "the store's sequence is 7, the last commit is 4"},
		"another projection":               {put(metaBucket, "projection", "older"), doctor.Stale, "start the server"},
		"a projection that was broken off": {clearProjected, doctor.Stale, "broken off"},
	} {
		t.Run(name, func(t *testing.T) {
			h := patient(t)
			if err := h.store.db.Update(c.damage); err != nil {
				t.Fatal(err)
			}
			closeStore(t, h.store)
			report := examined(t, h.dir)
			if got := said(report)[c.kind]; !strings.Contains(got, c.says) {
				t.Errorf("%q is not among what it says: %q", c.says, said(report))
			}
			if report.Wrong() == 0 {
				t.Error("all is well, it says")
			}
			if all := fmt.Sprint(said(report)); strings.Contains(all, "Ficticia") || strings.Contains(all, "ficticia") {
				t.Errorf("it tells a protected name: %s", all)
			}
		})
	}
}

func TestExamineWhatIsNone(t *testing.T) {
	empty, cut, open1 := t.TempDir(), t.TempDir(), fresh(t).(*harness)
	if err := os.WriteFile(filepath.Join(empty, FileName), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := bolt.Open(filepath.Join(cut, FileName), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	incomplete := patient(t)
	if err := incomplete.store.db.Update(func(tx *bolt.Tx) error { return tx.DeleteBucket(touchedBucket) }); err != nil {
		t.Fatal(err)
	}
	closeStore(t, incomplete.store)
	for name, c := range map[string]struct{ dir, says string }{
		"no folder":        {filepath.Join(empty, "none"), "there is no store"},
		"no file":          {t.TempDir(), "there is no store"},
		"an empty file":    {empty, "there is no store"},
		"nothing in it":    {cut, "never finished"},
		"held":             {open1.dir, "stop the server first"},
		"a bucket is gone": {incomplete.dir, "damaged: restore it from a backup (touched: missing)"},
	} {
		if e, err := Examine(c.dir); err == nil {
			_ = e.Close()
			t.Errorf("%s: no error", name)
		} else if !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), FileName) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(filepath.Join(empty, "none")); err == nil {
			t.Fatal("it has made a folder")
		}
	}
}

// A page whose elements lie outside of the file makes reading it fault, whichever
// goroutine reads it: that is told, and ends nothing.
func TestExamineSurvivesEveryBrokenPage(t *testing.T) {
	h := patient(t)
	closeStore(t, h.store)
	path := filepath.Join(h.dir, FileName)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const (
		branchPage, leafPage = 1, 2
		header               = 16 // of a page: its id, its sort at 8, the number of its elements at 10
	)
	broken := 0
	for at := 0; at < len(good); at += os.Getpagesize() {
		sort, elements := binary.NativeEndian.Uint16(good[at+8:]), binary.NativeEndian.Uint16(good[at+10:])
		position := at + header
		if sort == leafPage {
			position += 4
		}
		if sort != branchPage && sort != leafPage || elements == 0 {
			continue
		}
		bad := slices.Clone(good)
		binary.NativeEndian.PutUint32(bad[position:], 0x7fff0000)
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		e, err := Examine(h.dir)
		if err == nil {
			_, err = doctor.Check(t.Context(), e, doctor.Options{})
			_ = e.Close()
		}
		if err != nil {
			broken++
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("page %d: %v", at/os.Getpagesize(), err)
			}
		}
	}
	if broken < 5 {
		t.Errorf("only %d pages were found broken", broken)
	}
}
