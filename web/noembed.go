//go:build !web

package web

import "io/fs"

func bundled() (fs.FS, bool) { return nil, false }
