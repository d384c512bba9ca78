#include "document/edifact_source.h"

#include <charconv>
#include <utility>

#include "base/text.h"
#include "document/formats.h"

namespace greenlane::document {
namespace {

std::string quoted(std::string_view bytes) { return in_quotes(printable(bytes)); }

/// What is wrong with the segment that ends an interchange or group of `contents` messages or groups; "" for nothing.
std::string trailer_problem(const EdifactSegment& end, std::size_t contents, std::string_view what, std::string_view reference) {
  const std::string_view count = end.value(1);
  std::size_t declared = 0;
  const auto read = std::from_chars(count.data(), count.data() + count.size(), declared);
  if (read.ec != std::errc() || read.ptr != count.data() + count.size()) {
    return "expected the number of " + std::string(what) + " in data element 1, found " + quoted(count);
  }
  if (declared != contents) {
    return "counts " + std::to_string(declared) + " " + std::string(what) + ", but there are " + std::to_string(contents) +
           "; messages have been lost or added";
  }
  if (end.value(2) == reference) return {};
  return "expected the reference " + quoted(reference) + " in data element 2, found " + quoted(end.value(2));
}

}  // namespace

void EdifactSource::push(Record record) {
  record.index = ++index_;
  ready_.push_back(std::move(record));
}

void EdifactSource::push_error(Error error) {
  Record record;
  record.line = error.line;
  record.error = std::move(error);
  push(std::move(record));
}

void EdifactSource::push_error(std::size_t line, std::string message) {
  Error error = make_error(ErrorCode::invalid_message, std::move(message));
  error.line = line;
  push_error(std::move(error));
}

Result<std::optional<Record>> EdifactSource::next() {
  EdifactSegment segment;
  std::optional<Error> error;
  while (ready_.empty() && !end_) {
    auto more = segments_.next(segment, error);
    end_ = !more || !*more;
    if (!more) return std::move(more).error();
    if (*more) {
      last_refused_ = error.has_value();
      take(segment, std::move(error));
    } else {
      close_interchange(nullptr);
    }
  }
  if (ready_.empty()) return std::optional<Record>();
  std::optional<Record> record(std::move(ready_.front()));
  ready_.pop_front();
  return record;
}

void EdifactSource::take(const EdifactSegment& segment, std::optional<Error> error) {
  const std::string& tag = segment.tag;
  if (tag == "UNB") return begin_interchange(segment, std::move(error));
  if (unreadable_) return;
  if (!interchange_) return outside(segment, std::move(error));
  if (tag == "UNH") return begin_message(segment, std::move(error));
  if (tag == "UNG") return begin_group(segment, std::move(error));
  if (tag == "UNE") return end_group(segment, std::move(error));
  if (tag == "UNZ") return end_interchange(segment, std::move(error));
  if (!message_) return outside(segment, std::move(error));
  const bool intact = !error;
  message_->add(segment, std::move(error));
  if (tag != "UNT") return;
  if (intact) message_->check_end(segment);
  finish_message();
}

/// A segment that no message holds. One record for all that follow each other.
void EdifactSource::outside(const EdifactSegment& segment, std::optional<Error> error) {
  if (std::exchange(outside_told_, true)) return;
  if (error) return push_error(*std::move(error));
  push_error(segment.line, "segment " + segment.tag + " stands outside of any message; expected " +
                               (interchange_ ? "UNH or UNZ" : "UNB, with which an interchange begins"));
}

std::optional<Error> EdifactSource::read_syntax(const EdifactSegment& unb) {
  auto charset = EdifactCharset::named(unb.value(1, 1));
  if (!charset) return std::move(charset).error();
  charset_ = *std::move(charset);
  const std::string_view version = unb.value(1, 2);
  if (version.size() != 1 || version[0] < '1' || version[0] > '4') {
    return make_error(ErrorCode::invalid_message, "syntax version " + quoted(version) + " is not read; expected 1 to 4");
  }
  segments_.set_version(version[0] - '0');
  return std::nullopt;
}

void EdifactSource::begin_interchange(const EdifactSegment& unb, std::optional<Error> error) {
  close_interchange(&unb);
  outside_told_ = grouped_ = false;
  interchange_ = Envelope{unb};
  if (!error) error = read_syntax(unb);
  unreadable_ = error.has_value();
  if (!error) return;
  error->line = unb.line;
  error->message = "the interchange is refused with all its messages: " + error->message;
  push_error(*std::move(error));
}

void EdifactSource::begin_group(const EdifactSegment& ung, std::optional<Error> error) {
  close_group(&ung);
  outside_told_ = false;
  grouped_ = true;
  ++interchange_->contents;
  group_ = Envelope{ung};
  if (error) push_error(*std::move(error));
}

void EdifactSource::begin_message(const EdifactSegment& unh, std::optional<Error> error) {
  close_message(&unh);
  outside_told_ = false;
  if (group_) ++group_->contents;
  if (!grouped_) ++interchange_->contents;
  message_.emplace(unh, options_.groups, charset_);
  if (!error) {
    message_->add_before(interchange_->start);
    if (group_) message_->add_before(group_->start);
  }
  message_->add(unh, std::move(error));
  if (auto refused = refusal(unh)) {
    refused->line = unh.line;
    message_->refuse(*std::move(refused));
  }
}

std::optional<Error> EdifactSource::refusal(const EdifactSegment& unh) const {
  if (options_.messages.empty()) return std::nullopt;
  for (const std::string& wanted : options_.messages) {
    const auto parts = text::split(wanted, ':');
    bool same = true;
    for (std::size_t i = 0; i < parts.size(); ++i) same = same && unh.value(2, static_cast<std::uint32_t>(i + 1)) == parts[i];
    if (same) return std::nullopt;
  }
  const std::string type = std::string(unh.value(2, 1)) + ":" + std::string(unh.value(2, 2)) + ":" + std::string(unh.value(2, 3));
  return make_error(ErrorCode::invalid_message, message_->name() + " is of type " + quoted(type) +
                                                    ", which the mapping does not read; it reads " + text::join(options_.messages, ", "));
}

void EdifactSource::finish_message() {
  push(message_->take());
  message_.reset();
}

/// `by`: the segment that shows that the end is missing; nullptr = the file ends.
void EdifactSource::close_message(const EdifactSegment* by) {
  if (!message_) return;
  Error error = make_error(ErrorCode::invalid_message,
                           message_->name() + " has no UNT before " + (by == nullptr ? "the file ends; it has been cut off" : by->tag));
  if (by != nullptr) error.line = by->line;
  message_->refuse(std::move(error));
  finish_message();
}

void EdifactSource::close_group(const EdifactSegment* by) {
  close_message(by);
  if (!group_) return;
  if (by != nullptr) push_error(by->line, "functional group " + quoted(group_->start.value(5)) + " has no UNE before " + by->tag);
  group_.reset();
}

void EdifactSource::close_interchange(const EdifactSegment* by) {
  if (!interchange_) return;
  // Where the file has been cut off, the segment or message that is incomplete says so already.
  const bool told = unreadable_ || (by == nullptr && (message_ || last_refused_));
  close_group(by);
  if (!told) {
    push_error(by == nullptr ? interchange_->start.line : by->line,
               "interchange " + quoted(interchange_->start.value(5)) + " has no UNZ before " +
                   (by == nullptr ? "the file ends; it has been cut off" : "the next UNB"));
  }
  interchange_.reset();
}

void EdifactSource::end_group(const EdifactSegment& une, std::optional<Error> error) {
  close_message(&une);
  outside_told_ = false;
  if (!group_) return push_error(une.line, "UNE ends a functional group that no UNG has begun; expected UNH or UNZ");
  const std::string_view reference = group_->start.value(5);
  const std::string problem = error ? error->message : trailer_problem(une, group_->contents, "messages", reference);
  if (!problem.empty()) push_error(une.line, "UNE of functional group " + quoted(reference) + ": " + problem);
  group_.reset();
}

void EdifactSource::end_interchange(const EdifactSegment& unz, std::optional<Error> error) {
  close_group(&unz);
  outside_told_ = false;
  const std::string_view reference = interchange_->start.value(5);
  const std::string problem =
      error ? error->message
            : trailer_problem(unz, interchange_->contents, grouped_ ? "functional groups" : "messages", reference);
  if (!problem.empty()) push_error(unz.line, "UNZ of interchange " + quoted(reference) + ": " + problem);
  interchange_.reset();
}

}  // namespace greenlane::document
