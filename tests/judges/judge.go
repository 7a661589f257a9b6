// Judge reads one question a line, as JSON, and answers each with "true" or "false": whether
// golang.org/x/mod/sumdb accepts a proof or a note. Bytes are in base64.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Kind    string
	Index   int64
	Old     int64
	Size    int64
	Leaf    []byte
	OldRoot []byte
	Root    []byte
	Proof   [][]byte
	Leaves  [][]byte
	Note    []byte
	Key     string
	Signer  string
	Text    string
}

// hash returns bytes as a hash; a length that is none is no hash.
func hash(data []byte) (found tlog.Hash, ok bool) {
	return found, copy(found[:], data) == len(data) && len(data) == tlog.HashSize
}

func hashes(list [][]byte) (found []tlog.Hash, ok bool) {
	for _, data := range list {
		one, fits := hash(data)
		if !fits {
			return nil, false
		}
		found = append(found, one)
	}
	return found, true
}

// stored keeps the hashes of a tree that Go itself makes.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for place, index := range indexes {
		found[place] = s[index]
	}
	return found, nil
}

func sameRoot(q question) bool {
	var tree stored
	for n, data := range q.Leaves {
		leaf, _ := hash(data)
		more, err := tlog.StoredHashesForRecordHash(int64(n), leaf, tree)
		if err != nil {
			return false
		}
		tree = append(tree, more...)
	}
	root, err := tlog.TreeHash(int64(len(q.Leaves)), tree)
	expected, ok := hash(q.Root)
	return err == nil && ok && root == expected
}

func sameSignature(q question) bool {
	signer, err := note.NewSigner(q.Signer)
	if err != nil {
		return false
	}
	signed, err := note.Sign(&note.Note{Text: q.Text}, signer)
	return err == nil && string(signed) == string(q.Note)
}

func answer(q question) bool {
	leaf, _ := hash(q.Leaf)
	oldRoot, _ := hash(q.OldRoot)
	root, _ := hash(q.Root)
	proof, ok := hashes(q.Proof)
	switch q.Kind {
	case "inclusion":
		return ok && tlog.CheckRecord(tlog.RecordProof(proof), q.Size, root, q.Index, leaf) == nil
	case "consistency":
		return ok && tlog.CheckTree(tlog.TreeProof(proof), q.Size, root, q.Old, oldRoot) == nil
	case "record":
		return tlog.RecordHash([]byte(q.Text)) == leaf
	case "root":
		return sameRoot(q)
	case "signature":
		return sameSignature(q)
	case "note":
		verifier, err := note.NewVerifier(q.Key)
		if err != nil {
			return false
		}
		_, err = note.Open(q.Note, note.VerifierList(verifier))
		return err == nil
	}
	log.Fatalf("no such question: %q", q.Kind)
	return false
}

func main() {
	lines := bufio.NewReader(os.Stdin)
	decoder := json.NewDecoder(lines)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for decoder.More() {
		var q question
		if err := decoder.Decode(&q); err != nil {
			log.Fatal(err)
		}
		fmt.Fprintln(out, answer(q))
	}
}
