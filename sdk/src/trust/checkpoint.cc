#include "trust/checkpoint.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/base64.h"
#include "base/text.h"
#include "trust/note.h"
#include "trust/object_reader.h"

namespace greenlane::trust {
namespace {

Error no_checkpoint(std::string message, std::size_t line) {
  return {.code = ErrorCode::invalid_document, .message = "no checkpoint: " + std::move(message), .line = line};
}

/// Decimal digits without a leading zero.
bool read_size(std::string_view digits, std::uint64_t& size) {
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  return problem == std::errc() && end == digits.data() + digits.size() && std::to_string(size) == digits;
}

/// The three lines of tlog-checkpoint. Lines below them may say more, which is passed over.
Result<Checkpoint> read_text(std::string_view text) {
  auto lines = text::split(text, '\n');
  lines.pop_back();
  const auto empty = std::find(lines.begin(), lines.end(), std::string_view());
  if (empty != lines.end()) return no_checkpoint("a line is empty", static_cast<std::size_t>(empty - lines.begin()) + 1);
  if (lines.size() < 3) return no_checkpoint("it has the origin, the size and the root, a line each", lines.size());
  Checkpoint checkpoint{.origin = std::string(lines[0])};
  if (!read_size(lines[1], checkpoint.size)) return no_checkpoint("the size is a number without leading zeros", 2);
  const auto root = decode_base64(lines[2]);
  if (!root || root->size() != checkpoint.root.size()) return no_checkpoint("the root is base64 of 32 bytes", 3);
  std::copy(root->begin(), root->end(), checkpoint.root.begin());
  return checkpoint;
}

}  // namespace

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const std::vector<Signer*>& signers) {
  if (!is_note_name(checkpoint.origin)) {
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "the name of a log has 1 to 255 printable ASCII characters without blanks and '+', unlike " +
                            quoted(checkpoint.origin)};
  }
  const std::string text =
      checkpoint.origin + '\n' + std::to_string(checkpoint.size) + '\n' + encode_base64(crypto::bytes_of(checkpoint.root)) + '\n';
  const auto signatures = checked_signatures(text, signers, max_note_signatures);
  if (!signatures.ok()) return signatures.error();
  return to_note(text, checkpoint.origin, *signatures);
}

Result<Checkpoint> verify_checkpoint(std::string_view note, std::string_view origin, const std::vector<crypto::PublicKey>& keys) {
  const auto text = open_note(note, origin, keys);
  if (!text.ok()) return text.error();
  auto checkpoint = read_text(*text);
  if (!checkpoint.ok() || checkpoint->origin == origin) return checkpoint;
  return Error{.code = ErrorCode::not_trusted,
               .message = "the checkpoint is of the log " + quoted(checkpoint->origin) + "; expected is " + quoted(origin)};
}

}  // namespace greenlane::trust
