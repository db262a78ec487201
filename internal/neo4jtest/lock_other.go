//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package neo4jtest

import (
	"errors"
	"os"
)

// lockFile refuses: without a lock, tests would wipe each other's data.
func lockFile(*os.File) error {
	return errors.New("the Neo4j tests need flock(2), which this system lacks")
}
