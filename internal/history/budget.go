package history

import "sync/atomic"

// budget is how much of limits.Versions is left. Several goroutines may use it.
type budget struct {
	left     atomic.Int64
	exceeded atomic.Bool
}

func newBudget(n int64) *budget {
	b := &budget{}
	b.left.Store(n)
	return b
}

// take subtracts n, and returns false if not so much was left.
func (b *budget) take(n int) bool {
	if b.left.Add(-int64(n)) >= 0 {
		return true
	}
	b.exceeded.Store(true)
	return false
}

// spending is what one comparison takes from a budget.
type spending struct {
	budget *budget
	cost   int
	over   bool // it was not left
}

// spend takes n from the budget, and returns false if that or something before was not left.
func (s *spending) spend(n int) bool {
	s.cost += n
	s.over = s.over || !s.budget.take(n)
	return !s.over
}

// delta notes the cost of a delta and returns it, or nil if it is not whole because the budget
// did not suffice.
func (s *spending) delta(d *delta) *delta {
	if s.over {
		return nil
	}
	d.cost = s.cost
	return d
}
