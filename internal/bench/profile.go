package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// profiled is how long a profile is taken.
const profiled = 2 * time.Second

// profile writes CPU profiles of our servers under the load of one shape, if they are
// wanted.
func (m *measured) profile(ctx context.Context, o options, s *shape) error {
	if o.profiles == "" {
		return nil
	}
	if err := os.MkdirAll(o.profiles, 0o755); err != nil {
		return err
	}
	for _, c := range m.contenders {
		if c.server.pprof == "" {
			continue
		}
		fetched := make(chan error, 1)
		file := filepath.Join(o.profiles, s.name+"-"+strings.ReplaceAll(c.name, ", ", "-"))
		go func() {
			fetched <- fetch(ctx, fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", c.server.pprof, int(profiled/time.Second)), file+".cpu")
		}()
		r := &result{}
		err := r.slice(c, c.requests(s), 16, profiled+time.Second/2)
		if err := errors.Join(err, <-fetched); err != nil {
			return err
		}
	}
	return nil
}

func fetch(ctx context.Context, url, file string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, response.Body)
	return errors.Join(err, f.Close())
}
