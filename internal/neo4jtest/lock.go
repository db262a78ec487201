package neo4jtest

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// holder names the test of this process that holds the lock. Guarded by its mutex.
var holder struct {
	sync.Mutex
	test string
}

// lock waits until no other test has the target's database, and keeps it for this one until it has ended.
//
// Neo4j Community has one user database, and go test runs packages as processes beside each other: so the lock is one
// on a file, which the system releases also for a process that dies. Waiting has no limit of its own, since the tests
// of a whole package may come first; go test's -timeout bounds it.
func lock(t testing.TB, target Target) {
	t.Helper()
	holder.Lock()
	other := holder.test
	holder.Unlock()
	if other != "" && (t.Name() == other || strings.HasPrefix(t.Name(), other+"/")) {
		t.Fatalf("neo4jtest: %s has cleaned the database for itself, so %s would wait for ever", other, t.Name())
	}

	key := sha256.Sum256([]byte(target.URI + " " + target.Database))
	file, err := os.OpenFile(filepath.Join(os.TempDir(), fmt.Sprintf("vinculo-neo4jtest-%x.lock", key[:8])), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		t.Fatalf("neo4jtest: the lock file: %v", err)
	}
	if err := lockFile(file); err != nil {
		t.Fatalf("neo4jtest: waiting for the database: %v", err)
	}
	setHolder(t.Name())
	t.Cleanup(func() {
		setHolder("")
		if err := file.Close(); err != nil { // which releases the lock
			t.Errorf("neo4jtest: releasing the database: %v", err)
		}
	})
}

func setHolder(test string) {
	holder.Lock()
	defer holder.Unlock()
	holder.test = test
}
