package interchange

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// maxLine bounds a line, in bytes.
const maxLine = 1 << 20

var errLongLine = fmt.Errorf("the line is longer than %d bytes", maxLine)

// lines reads a text line by line.
type lines struct {
	reader *bufio.Reader
	number int // of the line read last, from 1
	buffer []byte
}

func newLines(r io.Reader) *lines { return &lines{reader: bufio.NewReaderSize(r, 1<<16)} }

// next gives the next line that is not empty, without its end; it is good until the
// next call. errLongLine: the line was skipped, and reading can go on. io.EOF: the end.
func (l *lines) next() ([]byte, error) {
	for {
		text, err := l.line()
		if l.number == 1 {
			text = bytes.TrimPrefix(text, []byte("\ufeff"))
		}
		if text = bytes.TrimSpace(text); len(text) > 0 || err != nil {
			return text, err
		}
	}
}

func (l *lines) line() ([]byte, error) {
	l.buffer = l.buffer[:0]
	l.number++
	for long := false; ; {
		part, err := l.reader.ReadSlice('\n')
		if len(l.buffer)+len(part) > maxLine {
			long = true
		}
		if !long {
			l.buffer = append(l.buffer, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case long:
			return nil, errLongLine
		case err == io.EOF && len(l.buffer) > 0:
			return l.buffer, nil
		}
		return l.buffer, err
	}
}
