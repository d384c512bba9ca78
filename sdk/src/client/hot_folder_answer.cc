#include "client/hot_folder_answer.h"

#include <unistd.h>

#include <utility>

#include "base/hex.h"
#include "client/answer_writer.h"
#include "client/durable_files.h"
#include "client/hot_folder_listing.h"
#include "document/byte_source.h"

namespace greenlane::client {
namespace {

constexpr std::size_t read_bytes = std::size_t{1} << 16;

Result<void> write_file(const std::string& path, std::string_view text) {
  auto file = NewFile::create(path);
  if (!file.ok()) return std::move(file).error();
  if (auto written = file->write(text); !written.ok()) return written;
  return file->close(false);
}

}  // namespace

Result<std::string> FileAnswerer::digest_of(const std::string& path) {
  auto bytes = document::FileBytes::open(path);
  if (!bytes.ok()) return std::move(bytes).error();
  std::string buffer(read_bytes, '\0');
  sha256_.begin();
  for (;;) {
    const auto got = (*bytes)->read(buffer.data(), buffer.size());
    if (!got.ok()) return got.error();
    if (*got == 0) break;
    sha256_.add(std::string_view(buffer).substr(0, *got));
  }
  std::string digest = "sha256:";
  append_hex(digest, crypto::bytes_of(sha256_.end()));
  return digest;
}

std::optional<Attempt::Kind> FileAnswerer::disturbed(const WaitingFile& input) const {
  const auto now = stamp_of(path_in(folders_.in, input.name));
  if (!now) return Attempt::Kind::gone;
  if (*now != input.stamp) return Attempt::Kind::changed;
  return std::nullopt;
}

Result<Attempt> FileAnswerer::no_answer(Attempt::Kind kind, const WaitingFile& input, Error error) const {
  if (kind == Attempt::Kind::gone) error = {.code = ErrorCode::not_found, .message = "the file disappeared while it was read, so that there is no answer to it"};
  if (kind == Attempt::Kind::changed) error = {.code = ErrorCode::io, .message = "the file changed while it was read; it waits until it is complete", .retryable = true};
  error.source = printable(input.name);
  return Attempt{.kind = kind, .error = std::move(error)};
}

Result<Attempt> FileAnswerer::answer(const WaitingFile& input, bool last_try) {
  const std::string path = path_in(folders_.in, input.name);
  auto digest = digest_of(path);
  if (const auto why = disturbed(input)) return no_answer(*why, input, {});
  if (!digest.ok() && !last_try) return no_answer(Attempt::Kind::unreadable, input, digest.error());

  Attempt made;
  made.entry = {input, labels_.take(input.name)};
  made.file.name = printable(input.name);
  made.file.label = printable(made.entry.label);
  made.file.digest = digest.ok() ? *digest : "-";
  const auto temporary = [&](std::string_view name) { return path_in(folders_.out, temporary_name(name)); };
  const std::string lines_path = temporary(made.entry.label + ".json");
  auto lines = NewFile::create(lines_path);
  if (!lines.ok()) return std::move(lines).error();
  AnswerWriter writer(options_, path, *std::move(lines), made.file);
  std::optional<Error> not_written;
  const auto kept = [&](Result<void> written) {
    if (!written.ok()) not_written = written.error();
    return written;
  };
  if (digest.ok()) {
    const BatchOptions batch{.input = options_.input, .as_of = options_.as_of, .why = options_.why};
    const auto screened = screen_files({path}, packs_, batch, [&](BatchItem&& item) { return kept(writer.add(std::move(item))); });
    if (!screened.ok() && !not_written) (void)kept(writer.add(screened.error()));
  } else {
    (void)kept(writer.add(digest.error()));
  }
  if (not_written) return *std::move(not_written);
  auto why = disturbed(input);
  if (!why && writer.unreadable() && !last_try) why = Attempt::Kind::unreadable;
  if (why) {
    ::unlink(lines_path.c_str());
    return no_answer(*why, input, writer.unreadable().value_or(Error{}));
  }
  if (auto finished = writer.finish(); !finished.ok()) return std::move(finished).error();
  made.entry.outcome = made.file.outcome;
  if (writer.has_text()) {
    if (auto written = write_file(temporary(made.entry.label + ".txt"), writer.text()); !written.ok()) return std::move(written).error();
  }
  const std::string answer = std::string(answer_prefix(made.file.outcome)) + made.entry.label;
  if (auto written = write_file(temporary(answer), answer_text(made.file, packs_, writer.has_text())); !written.ok()) return std::move(written).error();
  return made;
}

}  // namespace greenlane::client
