#include "document/edifact_message.h"

#include <algorithm>
#include <charconv>

#include "document/formats.h"

namespace greenlane::document {
namespace {

const EdifactGroup* started_by(const std::vector<EdifactGroup>& groups, std::string_view tag) noexcept {
  const auto found = std::find_if(groups.begin(), groups.end(), [&](const EdifactGroup& group) { return group.start == tag; });
  return found == groups.end() ? nullptr : &*found;
}

bool ended_by(const EdifactGroup& group, std::string_view tag) noexcept {
  return std::find(group.until.begin(), group.until.end(), tag) != group.until.end();
}

std::uint32_t line_of(const EdifactSegment& segment) noexcept { return static_cast<std::uint32_t>(segment.line); }

Error over(std::size_t line, const std::string& what, std::size_t limit) {
  Error error = make_error(ErrorCode::limit_exceeded, what + " than " + std::to_string(limit));
  error.line = line;
  return error;
}

}  // namespace

EdifactMessage::EdifactMessage(const EdifactSegment& unh, const Groups& groups, EdifactCharset& charset)
    : line_(unh.line),
      reference_(in_quotes(printable(unh.value(1)))),
      raw_reference_(unh.value(1)),
      groups_(groups),
      charset_(charset),
      tree_(MessageTree::Syntax::edifact) {
  tree_.open(printable(unh.value(2)), "", line_of(unh));
}

std::string EdifactMessage::place(const EdifactSegment& segment) const {
  if (segments_ == 0) return segment.tag + " of " + name();
  std::string text = "segment " + std::to_string(segments_);
  if (!segment.tag.empty()) text += " (" + segment.tag + ")";
  return text + " of " + name();
}

void EdifactMessage::refuse(Error error) {
  if (error_) return;
  if (error.line == 0) error.line = line_;
  error_ = std::move(error);
  // What the tree holds is of no use any more.
  tree_ = MessageTreeBuilder(MessageTree::Syntax::edifact);
}

void EdifactMessage::add_before(const EdifactSegment& segment) {
  if (!error_) write(segment, 0);
}

void EdifactMessage::add(const EdifactSegment& segment, std::optional<Error> error) {
  ++segments_;
  if (error_) return;
  if (error) {
    error->message.insert(0, place(segment) + ": ");
    return refuse(*std::move(error));
  }
  enter_groups(segment);
  write(segment, static_cast<std::uint32_t>(segments_));
  if (error_) return;
  if (segments_ > edifact_message_segments) {
    refuse(over(segment.line, name() + " has more segments", edifact_message_segments));
  } else if (tree_.bytes() > edifact_message_bytes) {
    refuse(over(segment.line, name() + " has more bytes", edifact_message_bytes));
  } else if (tree_.elements() > edifact_message_elements) {
    refuse(over(segment.line, name() + " has more segments and components", edifact_message_elements));
  }
}

/// `position`: 0 = counted among its like.
void EdifactMessage::write(const EdifactSegment& segment, std::uint32_t position) {
  tree_.open(segment.tag, "", line_of(segment), position);
  // Tags that begin with U are kept for the syntax (ISO 9735-1).
  if (segment.tag.starts_with('U')) tree_.mark_service();
  for (const EdifactSegment::Part& part : segment.parts) {
    text_.clear();
    const std::string component = std::to_string(part.element) + "." + std::to_string(part.component);
    if (!charset_.decode(segment.text_of(part), text_)) {
      Error error = make_error(ErrorCode::invalid_encoding, place(segment) + ": bytes that are not " + charset_.title() + " in " + part.place());
      error.line = segment.line;
      return refuse(std::move(error));
    }
    tree_.open(component, "", line_of(segment), part.repetition);
    tree_.append_text(text_);
    tree_.close();
  }
  tree_.close();
}

void EdifactMessage::leave_group() {
  open_.pop_back();
  tree_.close();
}

/// Whether one of the groups that are open, except the innermost, ends with this segment or starts anew.
bool EdifactMessage::belongs_outside(std::string_view tag) const noexcept {
  for (std::size_t level = open_.size(); level-- > 0;) {
    const Groups& neighbours = level == 0 ? groups_ : open_[level - 1]->groups;
    if (started_by(neighbours, tag) != nullptr) return true;
    if (level > 0 && ended_by(*open_[level - 1], tag)) return true;
  }
  return false;
}

void EdifactMessage::enter_groups(const EdifactSegment& segment) {
  const std::string_view tag = segment.tag;
  while (true) {
    const bool end = tag == "UNT";
    const Groups& inner = open_.empty() ? groups_ : open_.back()->groups;
    if (const EdifactGroup* group = started_by(inner, tag); group != nullptr && !end) {
      tree_.open(group->name, "", line_of(segment));
      open_.push_back(group);
      return;
    }
    if (open_.empty()) return;
    if (!end && !ended_by(*open_.back(), tag) && !belongs_outside(tag)) return;
    leave_group();
  }
}

void EdifactMessage::check_end(const EdifactSegment& unt) {
  const std::string_view count = unt.value(1);
  std::size_t declared = 0;
  const auto read = std::from_chars(count.data(), count.data() + count.size(), declared);
  std::string message;
  if (read.ec != std::errc() || read.ptr != count.data() + count.size()) {
    message = "expected the number of segments in data element 1, found " + in_quotes(printable(count));
  } else if (declared != segments_) {
    message = "counts " + std::to_string(declared) + " segments, but the message has " + std::to_string(segments_) +
              "; segments have been lost or added";
  } else if (unt.value(2) != raw_reference_) {
    message = "expected the message's reference " + reference_ + " in data element 2, found " + in_quotes(printable(unt.value(2)));
  } else {
    return;
  }
  Error error = make_error(ErrorCode::invalid_message, place(unt) + ": " + message);
  error.line = unt.line;
  refuse(std::move(error));
}

Record EdifactMessage::take() {
  Record record;
  record.line = line_;
  record.error = std::move(error_);
  if (!record.error) {
    while (tree_.depth() > 0) tree_.close();
    record.message = std::make_shared<const MessageTree>(tree_.take());
  }
  return record;
}

}  // namespace greenlane::document
