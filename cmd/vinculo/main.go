// Vinculo is a GraphQL server for linked people and organizations, and the commands
// around it. This is the only place that wires: it reads the settings, opens a
// store, and hands it to those who know nothing of either.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// The exit codes.
const (
	exitFailed = 1 // it was asked for rightly, and did not work
	exitUsage  = 2 // it was asked for wrongly: a flag, an argument, a setting
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends it at once
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run runs one command line and gives the exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	command, err := root.ExecuteContextC(ctx)
	if err == nil {
		return 0
	}
	tell(errs, "vinculo: %v\n", err)
	var failed *failure
	if errors.As(err, &failed) {
		return exitFailed
	}
	tell(errs, "`%s --help` tells how to use it.\n", command.CommandPath())
	return exitUsage
}

// tell writes to people; where nobody reads any more there is nobody to tell.
func tell(to io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(to, format, args...) }

// failure is an error of a command that was asked for rightly.
type failure struct{ error }

func (f *failure) Unwrap() error { return f.error }
