package graph

//go:generate go run ../internal/gqlgen
