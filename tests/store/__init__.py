"""The contract of the store, proved on the fakes and on DynamoDB's tables alike."""
