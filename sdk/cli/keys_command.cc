#include <chrono>
#include <fstream>
#include <iterator>

#include "greenlane/date.h"
#include "greenlane/keys.h"
#include "greenlane/utc_time.h"
#include "home_argument.h"
#include "keys_options.h"
#include "output.h"

namespace greenlane::cli {
namespace {

using std::chrono::sys_seconds;
using Moment = std::optional<sys_seconds>;

constexpr std::chrono::days overlap{30};
constexpr std::size_t max_key_file_bytes = 65'536;

sys_seconds now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

/// A moment, or a day, of which `time` is meant; none for "".
Result<Moment> moment(const std::string& text, std::string_view time) {
  if (text.empty()) return Moment();
  const auto read = Date::parse(text) ? parse_utc(text + std::string(time)) : parse_utc(text);
  if (read) return Moment(read);
  return Error{.code = ErrorCode::invalid_argument,
               .message = "'" + text + "' is neither a day such as 2027-01-31 nor a moment such as 2027-01-31T23:59:59Z"};
}

Result<Moment> first_moment(const std::string& text) { return moment(text, "T00:00:00Z"); }
Result<Moment> last_moment(const std::string& text) { return moment(text, "T23:59:59Z"); }

Result<KeyTerms> terms_of(const KeysArguments& arguments) {
  KeyTerms terms{.owner = arguments.owner};
  for (const std::string& use : arguments.uses) terms.uses.push_back(*key_use(use));
  const auto from = first_moment(arguments.from);
  if (!from.ok()) return from.error();
  const auto until = last_moment(arguments.until);
  if (!until.ok()) return until.error();
  terms.not_before = *from;
  terms.not_after = *until;
  return terms;
}

Result<KeyStore> opened(const std::string& home) {
  const auto folder = home_folder(home);
  if (!folder.ok()) return folder.error();
  return KeyStore::open(*folder);
}

Result<std::string> read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{.code = ErrorCode::not_found, .message = "the file cannot be read", .source = path};
  std::string bytes(max_key_file_bytes, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

std::string state_of(const Console& console, const KeyInfo& key, sys_seconds at) {
  if (key.compromised_at) return console.styled("31", console.say("compromised", "已泄露"));
  if (key.revoked_at) return console.styled("31", console.say("revoked", "已吊销"));
  if (at > key.not_after) return console.styled("33", console.say("ended", "已到期"));
  if (at < key.not_before) return console.styled("33", console.say("not yet valid", "尚未生效"));
  return console.styled("32", console.say("valid", "有效"));
}

std::string text_of(const Console& console, const KeyInfo& key, sys_seconds at) {
  std::string text = console.bold(key.id) + "\n";
  const auto row = [&](std::string_view en, std::string_view zh, const std::string& value) {
    const std::string name(console.say(en, zh));
    const std::size_t width = display_width(name);
    text += "  " + name + std::string(width < 12 ? 12 - width : 1, ' ') + value + "\n";
  };
  std::string uses;
  for (const KeyUse use : key.uses) uses += (uses.empty() ? "" : ", ") + std::string(to_string(use));
  row("state", "状态", state_of(console, key, at));
  row("algorithm", "算法",
      std::string(to_string(key.public_key.algorithm)) +
          (key.public_key.sm2_user_id.empty() ? "" : " (" + key.public_key.sm2_user_id + ")"));
  row("owner", "所有者", key.owner);
  row("signs", "用途", uses);
  row("valid", "有效期", utc_text(key.not_before) + std::string(console.say(" to ", " 至 ")) + utc_text(key.not_after));
  if (key.revoked_at) row("revoked", "吊销时间", utc_text(*key.revoked_at));
  if (key.compromised_at) row("compromised", "泄露时间", utc_text(*key.compromised_at));
  row("private key", "私钥", std::string(key.has_private ? console.say("here", "在此") : console.say("elsewhere (hardware)", "在别处（硬件）")));
  return text;
}

/// Shows keys in the chosen form.
Exit show(const Console& console, const std::vector<KeyInfo>& keys) {
  if (console.json) {
    const auto document = keys_json(keys);
    if (!document.ok()) return console.fail(document.error());
    console.out(*document);
    return Exit::done;
  }
  std::string text;
  for (const KeyInfo& key : keys) text += (text.empty() ? "" : "\n") + text_of(console, key, now());
  console.out(text);
  return Exit::done;
}

Exit show(const Console& console, const Result<KeyInfo>& key) {
  return key.ok() ? show(console, std::vector{*key}) : console.fail(key.error());
}

}  // namespace

Exit run_keys_new(const Console& console, const std::string& home, const KeysArguments& arguments) {
  const auto terms = terms_of(arguments);
  if (!terms.ok()) return console.fail(terms.error());
  const auto folder = home_folder(home);
  if (!folder.ok()) return console.fail(folder.error());
  const SignatureAlgorithm algorithm = *signature_algorithm(arguments.algorithm);
  auto store = KeyStore::open(*folder);
  if (store.ok()) return show(console, store->make(algorithm, arguments.sm2_user_id, *terms, now()));
  if (store.error().code != ErrorCode::not_found) return console.fail(store.error());
  return show(console, create_key_store(*folder, algorithm, arguments.sm2_user_id, *terms, now()));
}

Exit run_keys_list(const Console& console, const std::string& home, const KeysArguments&) {
  const auto store = opened(home);
  if (!store.ok()) return console.fail(store.error());
  return show(console, store->keys());
}

Exit run_keys_import(const Console& console, const std::string& home, const KeysArguments& arguments) {
  const auto terms = terms_of(arguments);
  if (!terms.ok()) return console.fail(terms.error());
  auto store = opened(home);
  if (!store.ok()) return console.fail(store.error());
  return show(console, store->import_file(arguments.file, arguments.sm2_user_id, *terms, now()));
}

Exit run_keys_export(const Console& console, const std::string& home, const KeysArguments& arguments) {
  const auto store = opened(home);
  if (!store.ok()) return console.fail(store.error());
  const KeyForm form = arguments.form == "der" ? KeyForm::der : KeyForm::pem;
  if (arguments.take_private) {
    const auto written = store->export_private(arguments.id, form, arguments.output);
    if (!written.ok()) return console.fail(written.error());
    if (!console.quiet) {
      console.err(arguments.output +
                  std::string(console.say(": whoever has this file signs in your name; erase it when it is where it belongs\n",
                                          "：持有此文件者可以您的名义签名；用毕请销毁\n")));
    }
    return Exit::done;
  }
  const auto bytes = store->export_public(arguments.id, form);
  if (!bytes.ok()) return console.fail(bytes.error());
  auto file = Output::open(arguments.output);
  if (!file.ok()) return console.fail(file.error());
  if (auto written = file->write(*bytes); !written.ok()) return console.fail(written.error());
  if (auto closed = file->close(); !closed.ok()) return console.fail(closed.error());
  return Exit::done;
}

Exit run_keys_rotate(const Console& console, const std::string& home, const KeysArguments& arguments) {
  auto store = opened(home);
  if (!store.ok()) return console.fail(store.error());
  const auto ends = last_moment(arguments.until);
  if (!ends.ok()) return console.fail(ends.error());
  std::string replacement;
  if (!arguments.file.empty()) {
    auto bytes = read(arguments.file);
    if (!bytes.ok()) return console.fail(bytes.error());
    replacement = *std::move(bytes);
  }
  const sys_seconds at = now();
  const auto key = store->rotate(arguments.id, at, ends->value_or(at + overlap), replacement);
  if (!key.ok()) return console.fail(key.error());
  return show(console, {*key, *store->find(arguments.id)});
}

Exit run_keys_revoke(const Console& console, const std::string& home, const KeysArguments& arguments) {
  auto store = opened(home);
  if (!store.ok()) return console.fail(store.error());
  const auto compromised_at = first_moment(arguments.compromised_at);
  if (!compromised_at.ok()) return console.fail(compromised_at.error());
  return show(console, store->revoke(arguments.id, now(), *compromised_at));
}

}  // namespace greenlane::cli
