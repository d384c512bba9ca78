// Records of an EDIFACT stream: its messages, each as a tree.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "document/byte_source.h"
#include "document/edifact_message.h"
#include "document/edifact_syntax.h"
#include "document/edifact_tokenizer.h"
#include "document/record_source.h"

namespace greenlane::document {

struct EdifactOptions {
  /// "CUSDEC:D:99B": what UNH says of a message that is read, or the first of these components; none: every message is.
  std::vector<std::string> messages;
  std::vector<EdifactGroup> groups;
};

/// Reads interchanges of syntax versions 1 to 4 (ISO 9735), one after the other, and holds one message. The root of a
/// message's tree is called as its type; below it are UNB, UNG where there is one, UNH, the segments and groups, UNT.
/// Components are children of their segment, "2.1" being the first of data element 2, also where it is the only one;
/// one that is empty is not there, one that is repeated is there several times. A message that cannot be read is a bad
/// record; what is wrong with an interchange around good messages makes a bad record of its own, behind them.
class EdifactSource final : public RecordSource {
 public:
  EdifactSource(std::unique_ptr<ByteSource> bytes, EdifactOptions options)
      : segments_(std::move(bytes)), options_(std::move(options)) {}

  /// Errors: io; invalid_message where the stream is not EDIFACT.
  Result<std::optional<Record>> next() override;

 private:
  /// An interchange, or a functional group of messages in it.
  struct Envelope {
    EdifactSegment start;
    std::size_t contents = 0;
  };

  void take(const EdifactSegment& segment, std::optional<Error> error);
  void begin_interchange(const EdifactSegment& unb, std::optional<Error> error);
  std::optional<Error> read_syntax(const EdifactSegment& unb);
  void end_interchange(const EdifactSegment& unz, std::optional<Error> error);
  void begin_group(const EdifactSegment& ung, std::optional<Error> error);
  void end_group(const EdifactSegment& une, std::optional<Error> error);
  void begin_message(const EdifactSegment& unh, std::optional<Error> error);
  void finish_message();
  void close_message(const EdifactSegment* by);
  void close_group(const EdifactSegment* by);
  void close_interchange(const EdifactSegment* by);
  void outside(const EdifactSegment& segment, std::optional<Error> error);
  std::optional<Error> refusal(const EdifactSegment& unh) const;
  void push(Record record);
  void push_error(std::size_t line, std::string message);
  void push_error(Error error);

  EdifactTokenizer segments_;
  EdifactOptions options_;
  EdifactCharset charset_;
  std::optional<Envelope> interchange_;
  bool unreadable_ = false;  ///< the interchange, up to the next one
  std::optional<Envelope> group_;
  bool grouped_ = false;  ///< the interchange has groups, which UNZ counts
  std::optional<EdifactMessage> message_;
  bool outside_told_ = false;
  bool last_refused_ = false;  ///< the segment that came last
  std::deque<Record> ready_;
  std::size_t index_ = 0;
  bool end_ = false;
};

}  // namespace greenlane::document
