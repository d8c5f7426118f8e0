"""What can be done in auctions. One module per noun; each public function is a verb of the business."""
