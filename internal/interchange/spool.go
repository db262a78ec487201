package interchange

import (
	"fmt"
	"io"
	"os"
)

// Spool copies what can be read only once, a pipe, into a temporary file that can
// be read again, which only its owner may read and which Close removes.
func Spool(r io.Reader) (io.ReadSeekCloser, error) {
	file, err := os.CreateTemp("", "vinculo-import-*") // mode 0600
	if err != nil {
		return nil, err
	}
	s := &spool{file}
	if _, err := io.Copy(file, r); err != nil {
		_ = s.Close() // the error to tell is that of the copy
		return nil, fmt.Errorf("reading what is to be imported: %w", err)
	}
	return s, nil
}

type spool struct{ *os.File }

func (s *spool) Close() error {
	err := s.File.Close()
	if gone := os.Remove(s.Name()); err == nil {
		err = gone
	}
	return err
}
