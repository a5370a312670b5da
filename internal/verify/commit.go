package verify

import "context"

// Commit returns the commit that the site at an address says it was made from, 40 hexadecimal digits. The
// error is fs.ErrNotExist if there is no site of this program. Who controls the site
// controls the answer.
func Commit(ctx context.Context, address string) (string, error) { return commit(ctx, address, usual) }

func commit(ctx context.Context, address string, b bounds) (string, error) {
	from, err := openWeb(address, b)
	if err != nil {
		return "", err
	}
	defer from.Close()
	v := &verifier{from: from, bounds: b, left: b.time}
	record, err := v.record(ctx)
	if err != nil {
		return "", err
	}
	return record.CommitHash()
}
