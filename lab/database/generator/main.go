// Command generator writes trivy.db, the vulnerability database of the lab, from advisories.json.
//
// It is run by hand when advisories.json changes: go run . ../advisories.json ../trivy.db
//
// The output is the same byte for byte on every run: each value has a transaction of its own (bbolt lays
// out the buckets of one transaction in random order), the page size is fixed, and there are no times.
// metadata.json, which holds the times, is made when a test asks for a database.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	bolt "go.etcd.io/bbolt"
)

// Advisories is the shape of advisories.json.
type Advisories struct {
	Platforms []struct {
		Name     string
		Versions struct{ Vulnerable, Fixed string }
		Source   DataSource
	}
	Vulnerabilities []struct {
		ID, Severity, Status string
		Packages             []string
	}
}

// DataSource says who published the advisories of a platform.
type DataSource struct{ ID, Name, URL string }

// Numbers that schema 2 of Trivy's database uses for words.
var (
	severities = map[string]int{"LOW": 1, "MEDIUM": 2, "HIGH": 3, "CRITICAL": 4}
	scores     = map[string]float64{"LOW": 3.1, "MEDIUM": 5.3, "HIGH": 7.5, "CRITICAL": 9.8}
	statuses   = map[string]int{"affected": 2, "fixed": 3, "will_not_fix": 5}
)

const ecosystem = "maven::"

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: generator ADVISORIES.json TRIVY.db"))
	}
	fail(generate(os.Args[1], os.Args[2]))
}

func generate(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var advisories Advisories
	if err := json.Unmarshal(text, &advisories); err != nil {
		return err
	}
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	db, err := bolt.Open(to, 0o644, &bolt.Options{PageSize: 4096, FreelistType: bolt.FreelistArrayType, NoSync: true})
	if err != nil {
		return err
	}
	defer db.Close()
	return fill(db, advisories)
}

func fill(db *bolt.DB, advisories Advisories) error {
	for _, platform := range advisories.Platforms {
		if err := put(db, platform.Source, "data-source", platform.Name); err != nil {
			return err
		}
		for _, vulnerability := range advisories.Vulnerabilities {
			advisory := describe(platform.Name, platform.Versions.Fixed, vulnerability.Status)
			for _, name := range vulnerability.Packages {
				if err := put(db, advisory, platform.Name, packageName(platform.Name, name), vulnerability.ID); err != nil {
					return err
				}
			}
		}
	}
	for _, vulnerability := range advisories.Vulnerabilities {
		details := map[string]any{
			"Title":          "made up for tests: " + vulnerability.ID,
			"Description":    "This vulnerability does not exist.",
			"Severity":       vulnerability.Severity,
			"VendorSeverity": map[string]int{"nvd": severities[vulnerability.Severity]},
			"CVSS":           map[string]any{"nvd": map[string]float64{"V3Score": scores[vulnerability.Severity]}},
			"References":     []string{"https://example.test/" + vulnerability.ID},
		}
		if err := put(db, details, "vulnerability", vulnerability.ID); err != nil {
			return err
		}
	}
	return nil
}

// describe tells what is known about one package; libraries have ranges where distributions have one version.
func describe(platform, fixed, status string) map[string]any {
	isFixed := status == "fixed"
	switch {
	case isLibrary(platform) && isFixed:
		return map[string]any{"PatchedVersions": []string{fixed}, "VulnerableVersions": []string{"<" + fixed}}
	case isLibrary(platform):
		return map[string]any{"VulnerableVersions": []string{">=0"}}
	case isFixed:
		return map[string]any{"FixedVersion": fixed}
	default:
		return map[string]any{"Status": statuses[status]}
	}
}

func packageName(platform, name string) string {
	if isLibrary(platform) {
		return "org.example:" + name
	}
	return name
}

func isLibrary(platform string) bool {
	return len(platform) > len(ecosystem) && platform[:len(ecosystem)] == ecosystem
}

// put stores a value as JSON under nested buckets; the last name is its key.
func put(db *bolt.DB, value any, path ...string) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return db.Update(func(tx *bolt.Tx) error {
		bucket, err := tx.CreateBucketIfNotExists([]byte(path[0]))
		if err != nil {
			return err
		}
		last := len(path) - 1
		for _, name := range path[1:last] {
			if bucket, err = bucket.CreateBucketIfNotExists([]byte(name)); err != nil {
				return err
			}
		}
		return bucket.Put([]byte(path[last]), text)
	})
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
