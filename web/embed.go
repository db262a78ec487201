//go:build web

package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

func bundled() (fs.FS, bool) { return sub(dist, "dist"), true }
