package server

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/gin-gonic/gin"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/vinculo/vinculo/graph"
)

// The media types of answers.
const (
	mediaJSON    = "application/json"
	mediaGraphQL = "application/graphql-response+json"
)

// mediaType chooses the media type of an answer: the one that the client likes best;
// application/json where it does not care, or wants something that there is not.
func mediaType(accept []string) string {
	best, quality := mediaJSON, 0.0
	for part := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		media, p, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		q := 1.0
		if text, ok := p["q"]; ok {
			if q, err = strconv.ParseFloat(text, 64); err != nil {
				continue
			}
		}
		switch media {
		case "*/*", "application/*":
			media = mediaJSON
		case mediaJSON, mediaGraphQL:
		default:
			continue
		}
		if q > quality {
			best, quality = media, q
		}
	}
	return best
}

// maxErrors bounds the errors of a refusal: a document can hold thousands.
const maxErrors = 20

func few(errs gqlerror.List) gqlerror.List {
	if len(errs) <= maxErrors {
		return errs
	}
	more := graph.Errorf(graph.CodeValidationFailed, "and %d more errors", len(errs)-maxErrors)
	return append(errs[:maxErrors:maxErrors], more)
}

// write writes a response; executed tells an operation that ran, whose answer has
// data even if that is null, from a request that was refused, whose answer has none.
func write(w http.ResponseWriter, status int, media string, r *graphql.Response, executed bool) {
	before, between := []byte{'{'}, ""
	if len(r.Errors) > 0 {
		before = append(append(before, `"errors":`...), mustMarshal(r.Errors)...)
		between = ","
	}
	var data, after []byte // data is not copied: it may be long
	if executed {
		before = append(append(before, between...), `"data":`...)
		between = ","
		if data = r.Data; len(data) == 0 {
			data = []byte("null")
		}
	}
	if len(r.Extensions) > 0 {
		after = append(append(append(after, between...), `"extensions":`...), mustMarshal(r.Extensions)...)
	}
	after = append(after, '}')
	w.Header().Set("Content-Type", media+"; charset=utf-8")
	send(w, status, before, data, after)
}

// mustMarshal marshals what is made of texts, numbers, lists and maps.
func mustMarshal(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Errorf("server: %w", err))
	}
	return text
}

// writeRefusal answers a request that is no GraphQL request, or that was not looked at.
func writeRefusal(w http.ResponseWriter, status int, err *gqlerror.Error) {
	write(w, status, mediaJSON, &graphql.Response{Errors: gqlerror.List{err}}, false)
}

// refuse ends a request with one error, unless an answer has begun.
func refuse(c *gin.Context, status int, err *gqlerror.Error) {
	c.Abort()
	if !c.Writer.Written() {
		writeRefusal(c.Writer, status, err)
	}
}

func notFound(c *gin.Context) {
	c.String(http.StatusNotFound, "There is nothing here. The API is at %s.\n", GraphQLPath)
}

func methodNotAllowed(c *gin.Context) {
	c.String(http.StatusMethodNotAllowed, "This address does not take %s.\n", c.Request.Method)
}
