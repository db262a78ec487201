package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vinculo/vinculo/internal/access"
)

func newToken() *cobra.Command {
	var with access.Settings
	role := choice{among: access.Roles()}
	lifetime := duration(access.DefaultLifetime)
	var name string
	var scopes []string
	c := &cobra.Command{
		Use:   "token",
		Short: "Make a token",
		Long: `Make a token and print it, and nothing else. It opens no store: it signs with
AUTH_JWT_SECRET, or with the secret that the first start of the server has written into
--data-dir.

public and reporter grant nothing of their own; curator grants to read what is protected
and to write; admin grants all. --scope grants more: a reporter with --scope
protected:read reads what is protected, and each such reading is audited. Whoever has a token has what it grants until it expires: there is
no taking it back but by another secret.`,
		Args: cobra.NoArgs,
		RunE: does(func(c *cobra.Command, _ []string) error {
			tokens, err := access.Open(with)
			if errors.Is(err, access.ErrSettings) {
				return usage{err}
			}
			if err != nil {
				return err
			}
			if name == "" {
				name = role.value
			}
			token, err := tokens.Issue(name, role.value, time.Duration(lifetime), scopes...)
			if err != nil {
				return usage{err}
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), token)
			return err
		}),
	}
	c.Flags().Var(&role, "role", "what it grants (required)")
	c.Flags().Var(&lifetime, "expires", "how long it is good for, as in 30m, 12h or 90d; at most 90d")
	c.Flags().StringSliceVar(&scopes, "scope", nil, "scope to grant beside the role's: protected:read, write or admin")
	c.Flags().StringVar(&name, "name", "", "whose it is: stands in the audit of reads; the role's name if left out")
	settings(c.Flags(), func(flags *pflag.FlagSet) {
		addDataDir(flags, &with.DataDir)
		addAccess(flags, &with)
	})
	if err := c.MarkFlagRequired("role"); err != nil {
		panic(err) // it is defined above
	}
	return c
}

// duration is a flag that takes days too.
type duration time.Duration

func (d *duration) Type() string { return "duration" }

func (d *duration) String() string {
	const day = 24 * time.Hour
	if t := time.Duration(*d); t >= day && t%day == 0 {
		return fmt.Sprintf("%dd", t/day)
	}
	return strings.TrimSuffix(strings.TrimSuffix(time.Duration(*d).String(), "0s"), "0m")
}

func (d *duration) Set(text string) error {
	var t time.Duration
	var err error
	if days, ok := strings.CutSuffix(text, "d"); ok {
		var n int
		n, err = strconv.Atoi(days)
		if n > int(access.MaxLifetime/(24*time.Hour)) {
			return errors.New("at most 90d")
		}
		t = time.Duration(n) * 24 * time.Hour
	} else {
		t, err = time.ParseDuration(text)
	}
	switch {
	case err != nil:
		return errors.New("must be a duration such as 30m, 12h or 90d")
	case t > access.MaxLifetime:
		return errors.New("at most 90d")
	case t < time.Second:
		return errors.New("at least a second")
	}
	*d = duration(t)
	return nil
}
