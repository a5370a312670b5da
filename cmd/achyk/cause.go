package main

import (
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"

	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/regular"
	"achyk/internal/serve"
	"achyk/internal/verify"
)

// plainErrors are the errors of the system and of libraries that a wrong path, address or file, a full disk or a lost
// connection gives. Their messages are "achyk.cause.<name>". The first that fits is taken.
var plainErrors = []struct {
	err  error
	name string
}{
	{regular.ErrRefused, "no_file"}, // which is a missing file for those who look for one
	{fs.ErrNotExist, "missing"},
	{fs.ErrPermission, "denied"},
	{syscall.EISDIR, "folder"},
	{syscall.ENOTDIR, "not_folder"},
	{syscall.ENOSPC, "full"},
	{syscall.EROFS, "read_only"},
	{syscall.ENAMETOOLONG, "long"},
	{syscall.ELOOP, "circle"},
	{syscall.EINVAL, "name"},
	{syscall.EMFILE, "too_many"},
	{syscall.EIO, "damaged"},
	{pipeline.ErrNone, "no_git"},
	{serve.ErrAddress, "listen"},
	{verify.ErrAddress, "address"},
	{syscall.EADDRINUSE, "taken"},
	{syscall.EADDRNOTAVAIL, "elsewhere"},
	{syscall.ECONNREFUSED, "refused"},
	{syscall.ENETUNREACH, "network"},
	{syscall.EHOSTUNREACH, "network"},
	{syscall.ECONNRESET, "cut"},
	{verify.ErrScheme, "scheme"},
	{os.ErrDeadlineExceeded, "timeout"},
	{io.ErrUnexpectedEOF, "cut"},
	{io.EOF, "cut"},
}

// known returns what an error says in the reader's language, and false if this program has no words for it.
func (a *app) known(err error) (string, bool) {
	var (
		over        *limits.Exceeded
		revision    *pipeline.RevisionError
		field       *pipeline.FieldError
		host        *net.DNSError
		certificate *tls.CertificateVerificationError
		address     *url.Error
		syntax      *json.SyntaxError
		kind        *json.UnmarshalTypeError
		timeout     net.Error
	)
	switch {
	case errors.As(err, &host): // before the errors of the system that it has
		return a.tell("achyk.cause.host", locale.Args{"Host": host.Name}), true
	case errors.As(err, &revision):
		return a.tell("achyk.cause.revision", locale.Args{"Rev": revision.Rev}), true
	case errors.As(err, &field):
		return a.tell("achyk.cause.field", locale.Args{"Field": field.Field, "Value": field.Value}), true
	case errors.As(err, &kind):
		return a.tell("achyk.cause.field", locale.Args{"Field": kind.Field, "Value": kind.Value}), true
	case errors.As(err, &syntax):
		return a.say.T("achyk.cause.json"), true
	case errors.As(err, &certificate):
		return a.say.T("achyk.cause.certificate"), true
	}
	for _, p := range plainErrors {
		if errors.Is(err, p.err) {
			return a.say.T("achyk.cause." + p.name), true
		}
	}
	switch {
	case errors.As(err, &over):
		return a.tell("achyk.cause.large", locale.Args{"Limit": over.Limit >> 20}), true
	case errors.As(err, &timeout) && timeout.Timeout():
		return a.say.T("achyk.cause.timeout"), true
	case errors.As(err, &address) && address.Op == "parse":
		return a.say.T("achyk.cause.address"), true
	}
	return "", false
}

// cause returns what an error says in the reader's language. What others say in their own words is quoted.
func (a *app) cause(err error) string {
	if text, ok := a.known(err); ok {
		return text
	}
	return quoted(err.Error())
}

// quoted marks a text as that of a program, which is in no language of the reader.
func quoted(text string) string { return "`" + strings.ReplaceAll(text, "`", "'") + "`" }
