package access

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// Audit records who read the full rows of protected people.
type Audit interface {
	// Record notes that the grant and the request of the context read these
	// entities: the protected persons, their detentions and sentences whose full
	// row is in an answer (each once, whatever the order or repetitions here), and
	// the name of the operation that asked ("" if it has none). It returns when
	// that is durable, and must be called before the answer leaves: after an error
	// the answer must be refused. Without entities it does nothing.
	Record(ctx context.Context, operation string, entities []string) error
}

// AuditName is the name of the file in DATA_DIR.
const AuditName = "audit.jsonl"

// maxOperation bounds the part of an operation's name that is recorded.
const maxOperation = 128

// reading is a line of the audit. It never holds a query or its variables.
type reading struct {
	At        string   `json:"at"` // RFC 3339, UTC
	Name      string   `json:"name"`
	Request   string   `json:"request"`
	Operation string   `json:"operation,omitempty"`
	Entities  []string `json:"entities"` // sorted
}

// AuditFile is an Audit that only ever appends to a file, one JSON object a line.
type AuditFile struct {
	mu      sync.Mutex // guards what follows
	file    *os.File
	torn    bool   // the last line is not whole
	written uint64 // lines

	syncing sync.Mutex // held while the file is made durable; guards what follows
	durable uint64     // the number of the last line that is
	lost    struct {   // lines that shared the last wait that failed, and why
		after, to uint64
		err       error
	}
}

var _ Audit = (*AuditFile)(nil)

// OpenAudit opens the audit in the directory, which it makes if need be; nobody
// but the owner of the process may read it. Several processes may append to one.
func OpenAudit(dir string) (*AuditFile, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the audit of reads: %w", err)
	}
	file, err := os.OpenFile(filepath.Join(dir, AuditName), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the audit of reads: %w", err)
	}
	torn, err := endsTorn(file)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the audit of reads: %w", err), file.Close())
	}
	return &AuditFile{file: file, torn: torn}, nil
}

// endsTorn reports whether the file ends within a line, as a crash may leave it.
func endsTorn(file *os.File) (bool, error) {
	end, err := file.Seek(0, io.SeekEnd)
	if err != nil || end == 0 {
		return false, err
	}
	last := make([]byte, 1)
	if _, err := file.ReadAt(last, end-1); err != nil {
		return false, err
	}
	return last[0] != '\n', nil
}

// Record implements Audit.
func (a *AuditFile) Record(ctx context.Context, operation string, entities []string) error {
	if len(entities) == 0 {
		return nil
	}
	entities = slices.Clone(entities)
	slices.Sort(entities)
	line, err := json.Marshal(reading{
		At:        time.Now().UTC().Format(time.RFC3339Nano),
		Name:      From(ctx).Name,
		Request:   Request(ctx),
		Operation: operation[:min(len(operation), maxOperation)],
		Entities:  slices.Compact(entities),
	})
	if err != nil {
		return fmt.Errorf("the audit of reads: %w", err)
	}
	return a.append(append(line, '\n'))
}

func (a *AuditFile) append(line []byte) error {
	number, err := a.write(line)
	if err == nil {
		err = a.sync(number)
	}
	if err != nil {
		return fmt.Errorf("the audit of reads cannot be written: %w", err)
	}
	return nil
}

// write writes a line and gives its number.
func (a *AuditFile) write(line []byte) (number uint64, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.torn {
		line = append([]byte{'\n'}, line...)
	}
	if _, err := a.file.Write(line); err != nil {
		a.torn = true // how much of it stands there is not known
		return 0, err
	}
	a.torn = false
	a.written++
	return a.written, nil
}

// sync returns when the line of that number is durable: those who come while another
// waits for the disk share the next wait.
func (a *AuditFile) sync(number uint64) error {
	a.syncing.Lock()
	defer a.syncing.Unlock()
	switch {
	case a.lost.err != nil && number > a.lost.after && number <= a.lost.to:
		return a.lost.err
	case number <= a.durable:
		return nil
	}
	a.mu.Lock()
	written := a.written
	a.mu.Unlock()
	if err := a.file.Sync(); err != nil {
		a.lost.after, a.lost.to, a.lost.err = a.durable, written, err
		return err
	}
	a.durable = written
	return nil
}

// Close closes the file; after it Record fails.
func (a *AuditFile) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.file.Close()
}
