#include "keys_options.h"

#include <CLI/CLI.hpp>

namespace greenlane::cli {
namespace {

using Run = Exit (*)(const Console&, const std::string&, const KeysArguments&);

constexpr const char* times = "\n\nTimes: days such as 2027-01-31, or moments such as 2027-01-31T23:59:59Z.";

class KeysOptions {
 public:
  KeysOptions(CLI::App& keys, KeysArguments& arguments, const std::string& home, std::function<Exit(const Console&)>& run)
      : keys_(keys), a_(arguments), home_(home), run_(run) {}

  void add_new() {
    CLI::App* c = command("new", "Make a key pair", run_keys_new);
    c->add_option("--algorithm", a_.algorithm, "What it signs with")
        ->check(CLI::IsMember({"ed25519", "ecdsa_p256_sha256", "sm2_sm3"}))
        ->capture_default_str();
    add_terms(*c);
    c->footer(std::string("Example:\n  greenlane keys new --owner 110000XXXXXX0001 --algorithm sm2_sm3") + times);
  }

  void add_list() { command("list", "Show the keys, oldest first", run_keys_list)->footer("Example:\n  greenlane keys list"); }

  void add_import() {
    CLI::App* c = command("import", "Take in a key: a pair, or the public part only", run_keys_import);
    c->add_option("FILE", a_.file, "Private (PKCS #8) or public key, PEM or DER")->required();
    add_terms(*c);
    c->footer(std::string("Example, for a key that a token keeps:\n  greenlane keys import token-public.pem --owner 110000XXXXXX0001") +
              times);
  }

  void add_export() {
    CLI::App* c = command("export", "Write a key, the public part unless told else", run_keys_export);
    add_id(*c);
    c->add_option("--form", a_.form, "How it is written")->check(CLI::IsMember({"pem", "der"}))->capture_default_str();
    auto* output = c->add_option("-o,--output", a_.output, "File to write (default: the standard output)");
    c->add_flag("--private", a_.take_private, "The private key, into a new file of mode 0600")->needs(output);
    c->footer("Example, what customs asks for:\n  greenlane keys export 3f5a9c01 -o public.pem");
  }

  void add_rotate() {
    CLI::App* c = command("rotate", "Make a key that takes the place of another", run_keys_rotate);
    add_id(*c);
    c->add_option("--until", a_.until, "When the old key ends (default: in 30 days)");
    c->add_option("--with", a_.file, "The new public key, where a token makes it");
    c->footer(std::string("Example:\n  greenlane keys rotate 3f5a9c01 --until 2027-01-31\n\nBoth keys hold until the old one ends: hand "
                          "the new one to customs before.") +
              times);
  }

  void add_revoke() {
    CLI::App* c = command("revoke", "End a key at once", run_keys_revoke);
    add_id(*c);
    c->add_option("--compromised-at", a_.compromised_at, "Since when others may have it");
    c->footer(std::string("Example:\n  greenlane keys revoke 3f5a9c01 --compromised-at 2026-11-20T08:00:00Z\n\nTell customs too: this "
                          "marks the key in your own home only.") +
              times);
  }

 private:
  CLI::App* command(const char* name, const char* help, Run run) {
    CLI::App* c = keys_.add_subcommand(name, help);
    c->callback(
        [this_run = &run_, a = &a_, home = &home_, run] { *this_run = [=](const Console& console) { return run(console, *home, *a); }; });
    return c;
  }

  void add_id(CLI::App& c) { c.add_option("ID", a_.id, "The key's id, or its first 8 digits or more")->required(); }

  void add_terms(CLI::App& c) {
    c.add_option("--owner", a_.owner, "Code of the enterprise (default: as before)");
    c.add_option("--use", a_.uses, "What it may sign (default: submission)")
        ->check(CLI::IsMember({"criteria", "submission", "warning", "receipt", "checkpoint"}))
        ->allow_extra_args(false);
    c.add_option("--from", a_.from, "First moment (default: now)");
    c.add_option("--until", a_.until, "Last moment (default: two years later)");
    c.add_option("--sm2-user-id", a_.sm2_user_id, "Of SM2 keys (default: 1234567812345678)");
  }

  CLI::App& keys_;
  KeysArguments& a_;
  const std::string& home_;
  std::function<Exit(const Console&)>& run_;
};

}  // namespace

void add_keys(CLI::App& app, KeysArguments& arguments, const std::string& home, std::function<Exit(const Console&)>& run) {
  CLI::App* keys = app.add_subcommand("keys", "The enterprise's keys");
  keys->require_subcommand(1);
  keys->footer("Example:\n  greenlane keys new --owner 110000XXXXXX0001");
  KeysOptions options(*keys, arguments, home, run);
  options.add_new();
  options.add_list();
  options.add_import();
  options.add_export();
  options.add_rotate();
  options.add_revoke();
}

}  // namespace greenlane::cli
