// Bytes that nobody else is to see.
#pragma once

#include <string>
#include <string_view>

namespace greenlane::crypto {

/// Overwrites all the bytes that `text` has room for, and empties it.
void erase(std::string& text) noexcept;

/// A text that is erased when it goes. Moves only; there is no way to print one.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) noexcept : text_(std::move(text)) { erase(text); }
  Secret(Secret&& other) noexcept : text_(std::move(other.text_)) { erase(other.text_); }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      erase(text_);
      text_ = std::move(other.text_);
      erase(other.text_);
    }
    return *this;
  }
  ~Secret() { erase(text_); }

  std::string_view bytes() const noexcept { return text_; }
  const char* c_str() const noexcept { return text_.c_str(); }

 private:
  std::string text_;
};

}  // namespace greenlane::crypto
