package page

import "testing"

// TestReaches checks that the pages of a list have few links to each other however long it is, and that all others are a
// few links away from each.
func TestReaches(t *testing.T) {
	for of, steps := range map[int]int{1: 0, allParts: 1, allParts + 1: 2, 1_060: 4} {
		for _, from := range []int{1, of/2 + 1, of} {
			away := map[int]int{from: 0} // by how many links each part is reached
			for queue := []int{from}; len(queue) > 0; queue = queue[1:] {
				x, links := Part{Number: queue[0], Of: of}, 0
				for n := 1; n <= of; n++ {
					if !x.reaches(n) {
						continue
					}
					links++
					if _, known := away[n]; !known {
						away[n] = away[x.Number] + 1
						queue = append(queue, n)
					}
				}
				if links > 40 {
					t.Fatalf("part %d of %d has %d links to parts", x.Number, of, links)
				}
			}
			for n := 1; n <= of; n++ {
				if by, known := away[n]; !known || by > steps {
					t.Errorf("part %d of %d is %d links away from part %d (reached: %v)", n, of, by, from, known)
				}
			}
		}
	}
}
