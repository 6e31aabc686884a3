// Asks the library of CRI-O, podman and skopeo whether a policy.json admits an image.
// Exit codes: 0 admitted, 1 not admitted (the reason on standard error), 2 wrong use or no answer.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"go.podman.io/image/v5/docker"
	"go.podman.io/image/v5/image"
	"go.podman.io/image/v5/manifest"
	"go.podman.io/image/v5/signature"
	"go.podman.io/image/v5/types"
)

type question struct {
	policy, registries, reference string
	platform                      types.SystemContext
}

func main() {
	var q question
	q.platform.OSChoice = "linux"
	flags := flag.NewFlagSet("polcheck", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&q.policy, "policy", "", "the `file` policy.json")
	flags.StringVar(&q.registries, "registries", "", "the `folder` registries.d")
	flags.StringVar(&q.platform.ArchitectureChoice, "arch", "amd64", "which child of an index is asked about")
	err := flags.Parse(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		fmt.Println("Usage: polcheck --policy FILE --registries FOLDER [--arch ARCH] HOST/REPOSITORY[:TAG|@DIGEST]")
		flags.SetOutput(os.Stdout)
		flags.PrintDefaults()
		return
	}
	if err == nil && (flags.NArg() != 1 || q.policy == "" || q.registries == "") {
		err = errors.New("a policy, a folder and one image are needed; see polcheck --help")
	}
	if err != nil {
		end(2, err)
	}
	q.reference = flags.Arg(0)
	verdict, err := ask(context.Background(), q)
	if err != nil {
		end(2, err)
	}
	if verdict != nil {
		end(1, verdict)
	}
	fmt.Println("admitted")
}

// ask returns why the image is not admitted, or nil; its second result says why there is no answer.
func ask(ctx context.Context, q question) (verdict error, failure error) {
	policy, err := signature.NewPolicyFromFile(q.policy)
	if err != nil {
		return nil, err
	}
	decide, err := signature.NewPolicyContext(policy)
	if err != nil {
		return nil, err
	}
	defer func() { _ = decide.Destroy() }()
	reference, err := docker.ParseReference("//" + q.reference)
	if err != nil {
		return nil, err
	}
	system := types.SystemContext{
		RegistriesDirPath:           q.registries,
		DockerInsecureSkipTLSVerify: types.OptionalBoolTrue, // loopback
	}
	source, err := reference.NewImageSource(ctx, &system)
	if err != nil {
		return nil, err
	}
	defer source.Close()
	chosen, err := choose(ctx, source, &q.platform)
	if err != nil {
		return nil, err
	}
	if isAdmitted, err := decide.IsRunningImageAllowed(ctx, chosen); !isAdmitted {
		return err, nil
	}
	return nil, nil
}

// choose does as a container engine does: the policy is about the image that would run, never about the index.
func choose(ctx context.Context, source types.ImageSource, platform *types.SystemContext) (*image.UnparsedImage, error) {
	named := image.UnparsedInstance(source, nil)
	bytes, mediaType, err := named.Manifest(ctx)
	if err != nil || !manifest.MIMETypeIsMultiImage(mediaType) {
		return named, err
	}
	index, err := manifest.ListFromBlob(bytes, mediaType)
	if err != nil {
		return nil, err
	}
	digest, err := index.ChooseInstance(platform)
	if err != nil {
		return nil, err
	}
	return image.UnparsedInstance(source, &digest), nil
}

func end(code int, err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(code)
}
