import json

from channels.generic.websocket import AsyncWebsocketConsumer

from .groups import group_name
from .messages import BadMessage, parse_message


class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        self.room_name = self.scope["url_route"]["kwargs"]["room_name"]
        self.room_group_name = group_name(self.room_name)

        # Join room group
        await self.channel_layer.group_add(self.room_group_name, self.channel_name)

        await self.accept()

    async def disconnect(self, close_code):
        # Leave room group
        await self.channel_layer.group_discard(self.room_group_name, self.channel_name)

    # Receive message from WebSocket
    async def receive(self, text_data=None, bytes_data=None):
        try:
            message = parse_message(text_data)
        except BadMessage as error:
            await self.send(text_data=json.dumps({"error": str(error)}))
            return

        # Send message to room group
        await self.channel_layer.group_send(
            self.room_group_name, {"type": "chat_message", "msgGroup": message}
        )

    # Receive message from room group
    async def chat_message(self, event):
        message = event["msgGroup"]

        # Send message to WebSocket
        await self.send(text_data=json.dumps({"message": message}))
