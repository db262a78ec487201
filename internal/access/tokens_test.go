package access

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"
)

const testSecret = "an invented secret that is long enough"

// noon is the present of these tests.
var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

func testTokens(s Settings) *Tokens {
	return &Tokens{secret: []byte(testSecret), issuer: s.Issuer, audience: s.Audience, now: func() time.Time { return noon }}
}

// signed signs claims as anybody could who knows the secret.
func signed(t *testing.T, method jwt.SigningMethod, key any, header map[string]any, claims jwt.MapClaims) string {
	t.Helper()
	token := jwt.NewWithClaims(method, claims)
	for k, v := range header {
		token.Header[k] = v
	}
	text, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestIssuedTokensGrantWhatTheRoleNames(t *testing.T) {
	t.Parallel()
	for _, with := range []Settings{{}, {Issuer: "https://issuer.example", Audience: "vinculo"}} {
		tokens := testTokens(with)
		for role, want := range map[string][]string{
			"public": nil, "reporter": nil,
			"curator": {ReadProtected, Write},
			"admin":   {ReadProtected, Write, Admin},
		} {
			token, err := tokens.Issue("Ana", role, MaxLifetime)
			if err != nil {
				t.Fatal(err)
			}
			grant, err := tokens.Check(token)
			if err != nil {
				t.Fatalf("%s: %v", role, err)
			}
			if diff := cmp.Diff(Grant{Name: "Ana", Scopes: want}, grant); diff != "" {
				t.Errorf("%s (-want +got):\n%s", role, diff)
			}
		}
	}
}

func TestIssueRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		name, role string
		lifetime   time.Duration
	}{
		"unknown role": {"Ana", "editor", time.Hour},
		"no role":      {"Ana", "", time.Hour},
		"no name":      {"", "admin", time.Hour},
		"too long":     {"Ana", "admin", MaxLifetime + time.Second},
		"none":         {"Ana", "admin", 0},
		"negative":     {"Ana", "admin", -time.Hour},
	} {
		if token, err := testTokens(Settings{}).Issue(c.name, c.role, c.lifetime); err == nil {
			t.Errorf("%s: got the token %s", name, token)
		}
	}
	if token, err := testTokens(Settings{}).Issue("Ana", "public", time.Hour, Admin); err == nil {
		t.Errorf("a scope beside the public: got the token %s", token)
	}
	if _, err := testTokens(Settings{}).Issue("Ana", "reporter", time.Hour, ReadProtected); err != nil {
		t.Errorf("a reporter who may read what is protected: %v", err)
	}
}

func TestCheckAcceptsAndRefusesClaims(t *testing.T) {
	t.Parallel()
	at := func(d time.Duration) int64 { return noon.Add(d).Unix() }
	own := Settings{Issuer: "https://issuer.example", Audience: "vinculo"}
	for _, c := range []struct {
		name     string
		settings Settings
		claims   jwt.MapClaims
		reason   string // "": accepted
	}{
		{"plain", Settings{}, jwt.MapClaims{"sub": "Ana", "exp": at(time.Hour), "scope": "write"}, ""},
		{"without iat", Settings{}, jwt.MapClaims{"sub": "Ana", "exp": at(80 * 24 * time.Hour), "scope": "write"}, ""},
		{"other scopes beside", Settings{}, jwt.MapClaims{"sub": "Ana", "exp": at(time.Hour), "scope": "openid write email"}, ""},
		{"just expired, within the leeway", Settings{}, jwt.MapClaims{"sub": "Ana", "exp": at(-5 * time.Second), "scope": "write"}, ""},
		{"issuer and audience", own, jwt.MapClaims{"sub": "Ana", "exp": at(time.Hour), "scope": "write", "iss": own.Issuer, "aud": []string{"other", "vinculo"}}, ""},

		{"expired", Settings{}, jwt.MapClaims{"sub": "Ana", "exp": at(-time.Minute), "scope": "write"}, "expired"},
		{"exp missing", Settings{}, jwt.MapClaims{"sub": "Ana", "scope": "write"}, "missing"},
		{"exp null", Settings{}, jwt.MapClaims{"sub": "Ana", "scope": "write", "exp": nil}, "missing"},
		{"exp a word", Settings{}, jwt.MapClaims{"sub": "Ana", "scope": "write", "exp": "never"}, "not valid"},
		{"too long from iat", Settings{}, jwt.MapClaims{"sub": "Ana", "exp": at(24 * time.Hour), "iat": at(-90 * 24 * time.Hour), "scope": "write"}, "90 days"},
		{"too long without iat", Settings{}, jwt.MapClaims{"sub": "Ana", "exp": at(91 * 24 * time.Hour), "scope": "write"}, "90 days"},
		{"not yet", Settings{}, jwt.MapClaims{"sub": "Ana", "exp": at(time.Hour), "nbf": at(time.Minute), "scope": "write"}, "time has not come"},
		{"issued in the future", Settings{}, jwt.MapClaims{"sub": "Ana", "exp": at(time.Hour), "iat": at(time.Minute), "scope": "write"}, "future"},
		{"nobody's", Settings{}, jwt.MapClaims{"exp": at(time.Hour), "scope": "write"}, "sub"},
		{"a list of scopes", Settings{}, jwt.MapClaims{"sub": "Ana", "exp": at(time.Hour), "scope": []string{"write"}}, "not valid"},
		{"another issuer", own, jwt.MapClaims{"sub": "Ana", "exp": at(time.Hour), "iss": "https://other.example", "aud": "vinculo"}, "issuer"},
		{"no issuer", own, jwt.MapClaims{"sub": "Ana", "exp": at(time.Hour), "aud": "vinculo"}, "missing"},
		{"another audience", own, jwt.MapClaims{"sub": "Ana", "exp": at(time.Hour), "iss": own.Issuer, "aud": "other"}, "audience"},
		{"no audience", own, jwt.MapClaims{"sub": "Ana", "exp": at(time.Hour), "iss": own.Issuer}, "missing"},
	} {
		grant, err := testTokens(c.settings).Check(signed(t, jwt.SigningMethodHS256, []byte(testSecret), nil, c.claims))
		switch {
		case c.reason == "" && err != nil:
			t.Errorf("%s: refused: %v", c.name, err)
		case c.reason == "" && !grant.Allows(Write):
			t.Errorf("%s: got %v", c.name, grant)
		case c.reason != "" && (!errors.Is(err, ErrToken) || !strings.Contains(err.Error(), c.reason)):
			t.Errorf("%s: got %v, %v; want a refusal with %q", c.name, grant, err, c.reason)
		case c.reason != "" && !cmp.Equal(grant, Grant{}):
			t.Errorf("%s: refused, but granted %v", c.name, grant)
		}
	}
}

func TestCheckRefusesOtherSignatures(t *testing.T) {
	t.Parallel()
	good := jwt.MapClaims{"sub": "Ana", "exp": noon.Add(time.Hour).Unix(), "scope": "admin"}
	secret := []byte(testSecret)
	pair, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	valid := signed(t, jwt.SigningMethodHS256, secret, nil, good)
	parts := strings.Split(valid, ".")
	encode := base64.RawURLEncoding.EncodeToString
	for name, token := range map[string]string{
		"another secret":     signed(t, jwt.SigningMethodHS256, []byte("another secret, long enough as well!"), nil, good),
		"empty secret":       signed(t, jwt.SigningMethodHS256, []byte{}, nil, good),
		"none":               signed(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, nil, good),
		"HS384":              signed(t, jwt.SigningMethodHS384, secret, nil, good),
		"HS512":              signed(t, jwt.SigningMethodHS512, secret, nil, good),
		"RS256":              signed(t, jwt.SigningMethodRS256, pair, nil, good),
		"crit":               signed(t, jwt.SigningMethodHS256, secret, map[string]any{"crit": []string{"b64"}, "b64": false}, good),
		"None in its header": encode([]byte(`{"alg":"None","typ":"JWT"}`)) + "." + parts[1] + ".",
		"alg swapped":        encode([]byte(`{"alg":"none"}`)) + "." + parts[1] + "." + parts[2],
		"no signature":       parts[0] + "." + parts[1] + ".",
		"two parts":          parts[0] + "." + parts[1],
		"other claims":       parts[0] + "." + encode([]byte(`{"sub":"Eva","exp":9999999999,"scope":"admin"}`)) + "." + parts[2],
		"last bit changed":   valid[:len(valid)-1] + string(valid[len(valid)-1]^1),
		"padded":             valid + "=",
		"words":              "curator",
		"empty":              "",
		"huge":               strings.Repeat("a", 1<<20),
	} {
		if grant, err := testTokens(Settings{}).Check(token); !errors.Is(err, ErrToken) || !cmp.Equal(grant, Grant{}) {
			t.Errorf("%s: got %v, %v", name, grant, err)
		} else if strings.Contains(err.Error(), testSecret) {
			t.Errorf("%s: the error holds the secret", name)
		}
	}
}

func TestScopesBesideTheRole(t *testing.T) {
	tokens := testTokens(Settings{})
	token, err := tokens.Issue("Ana", "reporter", time.Hour, ReadProtected)
	if err != nil {
		t.Fatal(err)
	}
	if g, err := tokens.Check(token); err != nil || !slices.Equal(g.Scopes, []string{ReadProtected}) {
		t.Errorf("%v, %v", g, err)
	}
	if _, err := tokens.Issue("Ana", "reporter", time.Hour, "everything"); err == nil || !strings.Contains(err.Error(), `"everything" is no scope`) {
		t.Errorf("an unknown scope: %v", err)
	}
}
