// The Sigstore timestamp authority with a key of its own in memory. Its own program also opens port 2112 on every address,
// for metrics, so that no two of them can run at once; this one listens on 127.0.0.1 alone.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/sigstore/timestamp-authority/v2/pkg/server"
	"github.com/sigstore/timestamp-authority/v2/pkg/signer"
	"github.com/spf13/viper"
)

const (
	timeout = 30 * time.Second
	policy  = "1.3.6.1.4.1.57264.2" // Sigstore's, the default of the authority's own program
)

func main() {
	flags := flag.NewFlagSet("timestamp-server", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	port := flags.Int("port", 0, "listens there; 0 is any free `port`, which is told on standard error")
	err := flags.Parse(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		fmt.Println("Usage: timestamp-server [--port PORT]")
		flags.SetOutput(os.Stdout)
		flags.PrintDefaults()
		return
	}
	if err == nil && flags.NArg() > 0 {
		err = fmt.Errorf("unknown: %q; see timestamp-server --help", flags.Args())
	}
	if err == nil {
		err = serve(*port)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(port int) error {
	viper.Set("timestamp-signer", signer.MemoryScheme)
	viper.Set("timestamp-signer-hash", "sha256")
	viper.Set("default-policy-oid", policy)
	viper.Set("accepted-policy-oids", []string{policy})
	viper.Set("max-request-body-size", 1<<20)
	authority := server.NewRestAPIServer("127.0.0.1", port, []string{"http"}, false, timeout, timeout)
	authority.CleanupTimeout = time.Second
	return authority.Serve()
}
