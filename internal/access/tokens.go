package access

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// The lifetimes of tokens.
const (
	DefaultLifetime = 12 * time.Hour
	MaxLifetime     = 90 * 24 * time.Hour
)

// leeway is by how much the clocks of who signs and who checks may differ.
const leeway = 10 * time.Second

// maxToken bounds the length of a token that is looked at.
const maxToken = 8 << 10

// maxName bounds the name that a token gives, in bytes.
const maxName = 256

// algorithm is the only one accepted, so that no token chooses how it is checked.
var algorithm = jwt.SigningMethodHS256

// ErrToken is what Check returns for a token that is not good; its message may be
// shown to whoever sent it.
var ErrToken = errors.New("the token is not valid")

// Tokens signs and checks tokens.
type Tokens struct {
	secret           []byte
	issuer, audience string // both or neither
	now              func() time.Time
}

// claims are what a token says: sub is who, scope the scopes, apart by spaces
// (RFC 9068); exp is required.
type claims struct {
	jwt.RegisteredClaims
	Scope string `json:"scope,omitempty"`
}

// Issue signs a token for a name, with a role's scopes and those given beside them,
// that is good for the lifetime from now: more than a second, at most MaxLifetime.
func (t *Tokens) Issue(name, role string, lifetime time.Duration, beside ...string) (string, error) {
	scopes, ok := RoleScopes(role)
	for _, scope := range beside {
		if !slices.Contains(ladder, scope) {
			return "", fmt.Errorf("%q is no scope: it is one of %s", scope, strings.Join(ladder, ", "))
		}
	}
	scopes = slices.Concat(scopes, beside)
	switch {
	case !ok:
		return "", fmt.Errorf("%q is no role: it is one of %s", role, strings.Join(Roles(), ", "))
	case role == publicRole && len(beside) > 0:
		return "", fmt.Errorf("the role %s grants nothing, so there is no scope beside it: take another role", role)
	case name == "" || len(name) > maxName:
		return "", fmt.Errorf("a token needs a name of 1 to %d bytes", maxName)
	case lifetime < time.Second || lifetime > MaxLifetime:
		return "", fmt.Errorf("a token is good for at most 90 days and at least a second, not for %s", lifetime)
	}
	now := t.now().Truncate(time.Second)
	c := claims{Scope: strings.Join(scopes, " "), RegisteredClaims: jwt.RegisteredClaims{
		Subject: name, Issuer: t.issuer,
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(lifetime)),
	}}
	if t.audience != "" {
		c.Audience = jwt.ClaimStrings{t.audience}
	}
	return jwt.NewWithClaims(algorithm, c).SignedString(t.secret)
}

// Check gives the grant of a token, or an error that wraps ErrToken: it is
// malformed, signed with another key or in another way, expired, not yet valid,
// without an expiry or a name, good for longer than MaxLifetime, or not from the
// issuer or not for the audience that are set.
func (t *Tokens) Check(token string) (Grant, error) {
	if len(token) > maxToken {
		return Grant{}, fmt.Errorf("%w: it is longer than %d bytes", ErrToken, maxToken)
	}
	var c claims
	parsed, err := t.parser().ParseWithClaims(token, &c, func(*jwt.Token) (any, error) { return t.secret, nil })
	if err != nil {
		return Grant{}, explain(err)
	}
	if _, ok := parsed.Header["crit"]; ok {
		return Grant{}, fmt.Errorf("%w: it demands an extension that is not known here", ErrToken)
	}
	issued := t.now()
	if c.IssuedAt != nil {
		issued = c.IssuedAt.Time
	}
	switch {
	case c.ExpiresAt.Sub(issued) > MaxLifetime+leeway:
		return Grant{}, fmt.Errorf("%w: it is good for more than 90 days", ErrToken)
	case c.Subject == "" || len(c.Subject) > maxName:
		return Grant{}, fmt.Errorf("%w: it needs a sub of 1 to %d bytes that says whose it is", ErrToken, maxName)
	}
	return NewGrant(c.Subject, strings.Fields(c.Scope)...), nil
}

func (t *Tokens) parser() *jwt.Parser {
	options := []jwt.ParserOption{
		jwt.WithValidMethods([]string{algorithm.Alg()}), jwt.WithExpirationRequired(), jwt.WithIssuedAt(),
		jwt.WithLeeway(leeway), jwt.WithStrictDecoding(), jwt.WithTimeFunc(t.now),
	}
	if t.issuer != "" {
		options = append(options, jwt.WithIssuer(t.issuer), jwt.WithAudience(t.audience))
	}
	return jwt.NewParser(options...)
}

// explain gives what a client may know of why its token was refused: nothing that
// it did not say itself, and a reason of the claims only once the signature holds.
func explain(err error) error {
	for _, reason := range []struct {
		err  error
		text string
	}{
		{jwt.ErrTokenSignatureInvalid, "its signature does not hold"},
		{jwt.ErrTokenMalformed, "it is malformed"},
		{jwt.ErrTokenUnverifiable, "its signature cannot be checked"},
		{jwt.ErrTokenExpired, "it has expired"},
		{jwt.ErrTokenNotValidYet, "its time has not come"},
		{jwt.ErrTokenUsedBeforeIssued, "it was issued in the future"},
		{jwt.ErrTokenInvalidIssuer, "it comes from another issuer"},
		{jwt.ErrTokenInvalidAudience, "it is for another audience"},
		{jwt.ErrTokenRequiredClaimMissing, "a claim is missing (exp is required, and iss and aud where they are set)"},
	} {
		if errors.Is(err, reason.err) {
			return fmt.Errorf("%w: %s", ErrToken, reason.text)
		}
	}
	return ErrToken
}
