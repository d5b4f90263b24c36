// An API of nothing but the standard library, whose callers sign in at Understudy.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"
)

// Account is what RFC 7662 says of a good token.
type Account struct {
	ID       string `json:"sub"`
	Username string `json:"username"`
	Dialect  string `json:"dialect"`
	Expires  int64  `json:"exp"`
}

type answer struct {
	askedAt time.Time
	account *Account
}

// Introspector asks what a token is worth, and goes by the answer for maxAge: a revocation is seen within that time.
type Introspector struct {
	url, appID, signature string
	client                http.Client
	lock                  sync.Mutex
	answers               map[string]answer
}

const (
	maxAge     = 5 * time.Second
	maxEntries = 10_000
)

// NewIntrospector speaks to the server at url as the given app. A redirection must not carry the signature elsewhere.
func NewIntrospector(url, appID, signature string) *Introspector {
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	client := http.Client{Timeout: 2 * time.Second, CheckRedirect: stay}
	address := strings.TrimRight(url, "/") + "/api/v1/tokens/introspect"
	return &Introspector{url: address, appID: appID, signature: signature, client: client, answers: map[string]answer{}}
}

// Introspect tells whose a token is: nil for a token that is not good, an error if that could not be found out.
func (i *Introspector) Introspect(ctx context.Context, token string) (*Account, error) {
	askedAt := time.Now()
	i.lock.Lock()
	kept, isKept := i.answers[token]
	i.lock.Unlock()
	if isKept && time.Since(kept.askedAt) < maxAge && askedAt.Unix() < kept.account.Expires {
		return kept.account, nil
	}
	account, err := i.ask(ctx, token)
	if err == nil && account != nil {
		i.keep(token, answer{askedAt, account})
	}
	return account, err
}

func (i *Introspector) ask(ctx context.Context, token string) (*Account, error) {
	body := strings.NewReader(url.Values{"token": {token}}.Encode())
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, i.url, body)
	if err != nil {
		return nil, err
	}
	request.SetBasicAuth(i.appID, i.signature)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := i.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the login server answered %s", response.Status)
	}
	return read(response)
}

// read takes half an answer for none.
func read(response *http.Response) (*Account, error) {
	var told struct {
		Account
		Active *bool `json:"active"`
	}
	if err := json.NewDecoder(response.Body).Decode(&told); err != nil {
		return nil, err
	}
	switch {
	case told.Active == nil:
		return nil, errors.New("the login server gave an answer that is no introspection")
	case !*told.Active:
		return nil, nil
	case told.ID == "" || told.Expires == 0:
		return nil, errors.New("the login server gave half an introspection")
	}
	return &told.Account, nil
}

// keep makes room first: for want of an order, all that is too old goes, and everything if that is not enough.
func (i *Introspector) keep(token string, kept answer) {
	i.lock.Lock()
	defer i.lock.Unlock()
	if len(i.answers) >= maxEntries {
		for each, old := range i.answers {
			if time.Since(old.askedAt) >= maxAge {
				delete(i.answers, each)
			}
		}
	}
	if len(i.answers) >= maxEntries {
		i.answers = map[string]answer{}
	}
	i.answers[token] = kept
}

var bearer = regexp.MustCompile(`(?i)^bearer +([a-z0-9._~+/-]{1,256}=*)$`)

type accountKey struct{}

// Protect lets requests with a good token pass, and hands their account on in the context.
func Protect(introspector *Introspector, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		given := bearer.FindStringSubmatch(r.Header.Get("Authorization"))
		if given == nil {
			refuse(w, http.StatusUnauthorized, "WWW-Authenticate", "Bearer")
			return
		}
		account, err := introspector.Introspect(r.Context(), given[1])
		switch {
		case err != nil:
			log.Print("a token could not be verified: ", err)
			refuse(w, http.StatusServiceUnavailable, "Retry-After", "1")
		case account == nil:
			refuse(w, http.StatusUnauthorized, "WWW-Authenticate", `Bearer error="invalid_token"`)
		default:
			next(w, r.WithContext(context.WithValue(r.Context(), accountKey{}, account)))
		}
	}
}

func refuse(w http.ResponseWriter, status int, header, value string) {
	w.Header().Set(header, value)
	http.Error(w, http.StatusText(status), status)
}

func orders(w http.ResponseWriter, r *http.Request) {
	account := r.Context().Value(accountKey{}).(*Account)
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{"owner": account.ID, "orders": []string{}})
}

func setting(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func main() {
	login := setting("LOGIN_URL", "http://127.0.0.1:8080")
	introspector := NewIntrospector(login, setting("APP_ID", "my-api"), os.Getenv("APP_SIGNATURE"))
	http.HandleFunc("/orders", Protect(introspector, orders))
	listener, err := net.Listen("tcp", "127.0.0.1:"+setting("PORT", "3000"))
	if err != nil {
		log.Fatal(err)
	}
	log.Print("listening on http://", listener.Addr())
	server := http.Server{ReadHeaderTimeout: 10 * time.Second}
	log.Fatal(server.Serve(listener))
}
