package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
)

// request is an HTTP request as it goes over the wire, made before anything is
// measured.
type request []byte

// newRequest makes a POST of JSON.
func newRequest(path, token string, body []byte) request {
	var b bytes.Buffer
	fmt.Fprintf(&b, "POST %s HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: %d\r\n", path, len(body))
	if token != "" {
		fmt.Fprintf(&b, "Authorization: Bearer %s\r\n", token)
	}
	b.WriteString("\r\n")
	b.Write(body)
	return b.Bytes()
}

// client is one connection that is kept open. It shares the processors with those it
// measures, so it does the least that it can: it reads answers whole, and looks no
// deeper than at how they begin.
type client struct {
	conn net.Conn
	r    *bufio.Reader
	body []byte // of the latest answer
}

func dial(addr string) (*client, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &client{conn: conn, r: bufio.NewReaderSize(conn, 64<<10)}, nil
}

func (c *client) close() { _ = c.conn.Close() }

var (
	statusOK      = []byte("HTTP/1.1 200 ")
	contentLength = []byte("Content-Length: ")
	goodAnswer    = []byte(`{"data":{`) // errors stand before the data
)

// do sends a request and reads its answer, which is an error unless it is 200, with
// data and without errors. The body is good until the next call.
func (c *client) do(r request) ([]byte, error) {
	if _, err := c.conn.Write(r); err != nil {
		return nil, err
	}
	line, err := c.r.ReadSlice('\n')
	if err != nil {
		return nil, err
	}
	ok := bytes.HasPrefix(line, statusOK)
	length := -1
	for len(line) > 2 {
		if line, err = c.r.ReadSlice('\n'); err != nil {
			return nil, err
		}
		if n, found := bytes.CutPrefix(line, contentLength); found {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(n))); err != nil {
				return nil, err
			}
		}
	}
	if length < 0 {
		return nil, errors.New("an answer without Content-Length")
	}
	if cap(c.body) < length {
		c.body = make([]byte, length)
	}
	c.body = c.body[:length]
	if _, err := io.ReadFull(c.r, c.body); err != nil {
		return nil, err
	}
	if !ok || !bytes.HasPrefix(c.body, goodAnswer) {
		return nil, fmt.Errorf("a bad answer: %.500s", c.body)
	}
	return c.body, nil
}
